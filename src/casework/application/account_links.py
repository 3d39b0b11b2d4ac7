"""Links: who at the county's identity provider comes in by which account. An administrator makes them, nobody else.

Of the identifier that somebody has there (it may be an identity number) only a keyed hash is kept.
"""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from casework.application import accounts, sessions
from casework.application.account_tables import account_link
from casework.application.accounts import Account
from casework.application.house import House
from casework.application.problem import Problem
from casework.log.clock import SystemClock
from casework.log.database import reading, writing

_CLOCK = SystemClock()
_l = account_link.c


def link(house: House, log: str, login: str, subject: str, *, by: str) -> Account:
    """LOGIN opens to SUBJECT of the provider from here on, and to nobody who was linked before; its sessions end."""
    accounts.get(house, log, login)
    issuer, subject = _issuer(house), subject.strip()
    if not 0 < len(subject) <= 255:
        raise Problem(
            "bad-subject",
            "身份平台上的标识为 1 至 255 个字符",
            "an identifier at the identity provider has 1 to 255 characters",
        )
    digest = house.sealer.linked(log, issuer, subject)
    with writing(house.engine) as db:
        whose = db.scalar(select(_l.login).where(_l.log == log, _l.issuer == issuer, _l.subject == digest))
        if whose == login:
            return accounts.get(house, log, login)
        if whose is not None:
            raise Problem(
                "subject-taken",
                f"这个标识已关联账号 {whose}：请先解除",
                f"this identifier is linked to the account {whose}: unlink that first",
            )
        db.execute(delete(account_link).where(_l.log == log, _l.login == login))
        row = {"issuer": issuer, "subject": digest, "made_at": _CLOCK.now(), "made_by": by}
        db.execute(insert(account_link).values(log=log, login=login, **row))
    sessions.end_all(house, log, login, by=by)
    return accounts.get(house, log, login)


def unlink(house: House, log: str, login: str, *, by: str) -> Account:
    """LOGIN opens to nobody by way of the provider; its sessions end."""
    accounts.get(house, log, login)
    with writing(house.engine) as db:
        gone = db.execute(delete(account_link).where(_l.log == log, _l.login == login)).rowcount
    if gone:
        sessions.end_all(house, log, login, by=by)
    return accounts.get(house, log, login)


def login_of(house: House, log: str, issuer: str, subject: str) -> str:
    """The account that SUBJECT of the provider opens; '' for none."""
    digest = house.sealer.linked(log, issuer, subject)
    with reading(house.engine) as db:
        return db.scalar(select(_l.login).where(_l.log == log, _l.issuer == issuer, _l.subject == digest)) or ""


def _issuer(house: House) -> str:
    issuer = house.settings.issuer.url
    if not issuer:
        raise Problem(
            "no-issuer",
            "没有设置身份平台（issuer.url）",
            "no identity provider is set (issuer.url)",
        )
    return issuer
