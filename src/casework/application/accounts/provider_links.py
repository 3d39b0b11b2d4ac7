"""Links between people at the identity provider and accounts, made by administrators.

Of the identifier that somebody has there (it may be an identity number) only a keyed hash is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from casework.application.accounts import accounts, sessions
from casework.application.accounts.accounts import Account
from casework.application.accounts.refusals import refused
from casework.application.accounts.tables import account, account_link
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock
from casework.database.engine import reading, writing
from casework.exchange.link_rows import LinkRow
from casework.text import Text

_LONGEST = 255
_CLOCK = SystemClock()
_l = account_link.c


def link(runtime: Runtime, log: str, login: str, subject: str, *, by: str) -> Account:
    """Link LOGIN to SUBJECT of the provider, in place of an earlier link; its sessions end."""
    accounts.get(runtime, log, login)
    link_all(runtime, log, [LinkRow(0, login, subject)], by=by)
    return accounts.get(runtime, log, login)


def link_all(runtime: Runtime, log: str, rows: Sequence[LinkRow], *, by: str) -> int:
    """Link many accounts, all or none (Problem names the line); returns how many links changed."""
    issuer = _issuer(runtime)
    with writing(runtime.engine) as db:
        logins = set(db.scalars(select(account.c.login).where(account.c.log == log)))
        known = select(_l.login, _l.subject).where(_l.log == log, _l.issuer == issuer)
        before = {row.login: bytes(row.subject) for row in db.execute(known)}
        after = dict(before)
        for row in rows:
            if row.login not in logins:
                raise refused("unknown-account/link", row=_where(row), login=row.login)
            after[row.login] = _digest(runtime, log, issuer, row)
        _check_each_once(rows, after)
        changed = [login for login, digest in after.items() if before.get(login) != digest]
        for login in changed:
            db.execute(delete(account_link).where(_l.log == log, _l.login == login))
        now = _CLOCK.now()
        made = {"log": log, "issuer": issuer, "made_at": now, "made_by": by}
        if changed:
            db.execute(insert(account_link), [made | {"login": one, "subject": after[one]} for one in changed])
    for login in changed:
        sessions.end_all(runtime, log, login, by=by)
    return len(changed)


def unlink(runtime: Runtime, log: str, login: str, *, by: str) -> Account:
    """Remove the link of LOGIN to the provider; its sessions end."""
    accounts.get(runtime, log, login)
    with writing(runtime.engine) as db:
        gone = db.execute(delete(account_link).where(_l.log == log, _l.login == login)).rowcount
    if gone:
        sessions.end_all(runtime, log, login, by=by)
    return accounts.get(runtime, log, login)


def login_of(runtime: Runtime, log: str, issuer: str, subject: str) -> str:
    """The login linked to SUBJECT of the provider; '' for none."""
    digest = runtime.sealer.linked(log, issuer, subject)
    with reading(runtime.engine) as db:
        return db.scalar(select(_l.login).where(_l.log == log, _l.issuer == issuer, _l.subject == digest)) or ""


def _digest(runtime: Runtime, log: str, issuer: str, row: LinkRow) -> bytes:
    subject = row.subject.strip()
    if not 0 < len(subject) <= _LONGEST or not subject.isprintable():
        raise refused("bad-subject", row=_where(row), longest=_LONGEST)
    return runtime.sealer.linked(log, issuer, subject)


def _check_each_once(rows: Sequence[LinkRow], after: dict[str, bytes]) -> None:
    """Refuse two accounts for one person: it would be chance which one opens."""
    whose: dict[bytes, str] = {}
    at = {row.login: row for row in rows}
    for login, digest in sorted(after.items(), key=lambda pair: pair[0] in at):  # existing links first
        other = whose.setdefault(digest, login)
        if other != login:
            raise refused("subject-taken", row=_where(at[login]), other=other)


def _where(row: LinkRow) -> Text:
    return Text(f"第 {row.line} 行：", f"line {row.line}: ") if row.line else Text("", "")


def _issuer(runtime: Runtime) -> str:
    issuer = runtime.settings.issuer.url
    if not issuer:
        raise refused("no-issuer")
    return issuer
