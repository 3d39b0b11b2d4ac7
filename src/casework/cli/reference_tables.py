"""Pages of the reference about what is stored and counted: every table and column, every fact, measure and number."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casework.application import account_tables, outbox_table, receipt_table, token_table
from casework.case import facts
from casework.case.context import ROLES
from casework.case.county import Policy
from casework.case.describe import members_of
from casework.case.facts import FACTS, Facts
from casework.change import tables as change_tables
from casework.change.measures import NUMBER_MEASURES, TEXT_MEASURES
from casework.log import schema
from casework.projection import tables as projection_tables
from casework.seal import tables as seal_tables

_SEE = re.compile(r" ?[（(]see [A-Z]+[）)]")
_FACT = re.compile(r"([a-z_]+)\s+([^：（\s]+)(.*)")

#: rooms in the order of the flow: heading → module that defines its tables
ROOMS: dict[str, Any] = {
    "The log 账": schema,
    "Sealed parts 密封": seal_tables,
    "Changes 变动": change_tables,
    "Projections 统计": projection_tables,
    "Who may come in 凭证": token_table,
    "Receipts 回执": receipt_table,
    "Messages 消息": outbox_table,
    "Accounts 账号": account_tables,
}
#: column → meaning, wherever it stands
EVERYWHERE: dict[str, str] = {
    "log": "county's code; leads every key",
    "seq": "place in the log, from 0, gapless",
    "stream": "stream of the thing, as `case/<uuid>`",
    "rev": "place in the stream, from 0, gapless",
    "type": "stored name of the event",
    "at": "instant of recording, UTC, never decreasing within a log",
    "recorded_on": "county-local date of recording, never decreasing",
    "occurred_on": "county-local date on which it happened",
    "effective_on": "the latest `occurred_on` of the stream so far: dates stocks",
    "actor": "who entered it, by pseudonym",
    "counts_for": "whose act it was: `for` where somebody else entered it, else the actor",
    "role": "role acted in",
    "actor_unit": "the actor's unit at that time; '' without",
    "command": "id of the command, made by whoever sent it",
    "line": "from 0 within the entry and the table",
    "weight": "+1, or −1 where a correction takes a line back; every sum is Σ weight × measure",
    "of_seq": "`seq` of the entry that the line describes: another than `seq` on the lines of a correction",
    "kid": "id of the key: milliseconds of sealing, then 80 random bits",
}
#: table.column → meaning, where the column alone does not say it
HERE: dict[str, str] = {
    "log_head.size": "entries in the log",
    "log_head.at": "instant of the last entry",
    "log_head.recorded_on": "date of the last entry",
    "log_head.number_year": "local year of the last case number",
    "log_head.number_count": "case numbers given in that year",
    "entry.bytes": "the entry as canonical JSON: the truth",
    "entry.leaf_hash": "SHA-256 of a zero byte and the bytes: the leaf of the Merkle tree to come",
    "stream_head.rev": "last revision",
    "stream_head.seq": "place of the last revision in the log",
    "command.actor": "who sent it: nobody else may repeat it",
    "command.digest": "HMAC of its whole content; empty after an erasure",
    "command.at": "when it was answered",
    "command.answer": "the answer, given again to whoever repeats it",
    "claim.kind": "`number`, `external_ref`, …",
    "claim.key": "what exists once",
    "claim.stream": "whose it is",
    "sealed_blob.event": "place of the event among those of the command",
    "sealed_blob.alg": "how it is encrypted: A256GCM",
    "sealed_blob.sha256": "digest of the ciphertext, as committed to in the entry",
    "sealed_blob.bytes": "nonce and ciphertext",
    "sealed_key.wrapped": "the key of the part, wrapped",
    "sealed_key.kek": "which wrapping key wraps it",
    "kept_key.purpose": "what is compared by it: tokens, content digests, row digests",
    "kept_key.wrapped": "the key, wrapped",
    "kept_key.kek": "which wrapping key wraps it",
    "access_ledger.day": "county-local day of the reading",
    "access_ledger.id": "time-ordered and random",
    "access_ledger.at": "when it was written down: before the reader was answered",
    "access_ledger.actor": "who read",
    "access_ledger.role": "in which role",
    "access_ledger.unit": "of which unit",
    "access_ledger.what": "a case, its replay, a list, a search, an attachment, …",
    "access_ledger.stream": "the case; '' for a page of a list",
    "access_ledger.shown": "summaries or texts on it",
    "access_ledger.source": "api, page or cli",
    "access_ledger.operator": "the login on the machine, where it was asked there",
    "access_ledger.reason": "code, where one was given",
    "access_ledger.request": "id of the request, as the server's own log has it",
    "attachment.sha256": "digest of the content: the name by which entries refer to it",
    "attachment.media_type": "what its bytes say it is",
    "attachment.length": "bytes of the content",
    "attachment.at": "when it was brought",
    "attachment.actor": "who brought it first",
    "attachment_bringer.actor": "who brought it, first or again",
    "access_token.id": "which token: stands in the token itself, and in the list",
    "access_token.digest": "SHA-256 of the secret part; the token itself is nowhere",
    "access_token.actor": "whose token it is",
    "access_token.area": "area with everything below it; '' is the whole county",
    "access_token.made_at": "when it was made",
    "access_token.made_by": "the login on the machine that made it",
    "access_token.expires_at": "from when on it opens nothing",
    "access_token.scopes": "what it may be used for: `read`, `act`, `act:cases`, … between blanks",
    "account.login": "what is typed to sign in; no telephone or identity number",
    "account.actor": "whose account it is; the roster says what they may",
    "account.phc": "the password's hash with what it takes to compare (argon2id, PHC form)",
    "account.state": "`active` or `disabled`",
    "account.must_change": "1 where the password was given by somebody else: the first sign-in chooses another",
    "account.code_until": "until when a set-up code may be used; '' for a password",
    "account.totp_on": "1 where a second factor is asked for",
    "account.totp_secret": "its secret, sealed under a key derived from the wrapping key; empty without",
    "account.totp_kek": "which wrapping key that was",
    "account.totp_step": "the last 30-second step whose code was used: no code is good twice",
    "account.made_at": "when it was made",
    "account.made_by": "by whom: `operator/<login on the machine>` or an administrator",
    "account.changed_at": "when password, state or second factor were last set",
    "account.changed_by": "by whom",
    "account.signed_in_at": "when somebody last came in by it; '' for never",
    "recovery_code.login": "whose it is",
    "recovery_code.digest": "HMAC of the code under a key derived from the wrapping key",
    "recovery_code.used_at": "when it was used; '' when it was not",
    "session.id": "which session: stands in the cookie, and in the list",
    "session.digest": "SHA-256 of the secret part; the session itself is nowhere",
    "session.login": "by which account",
    "session.actor": "whose session it is",
    "session.role": "role acted in; '' until it is chosen",
    "session.way": "how it was proved: `password`",
    "session.device": "what its owner calls the device; '' for a browser",
    "session.made_at": "when they signed in",
    "session.seen_at": "when it was last used, to the minute",
    "session.expires_at": "when it ends in any case",
    "session.ended_at": "when it was ended; '' when it was not",
    "session.ended_by": "by whom: the login itself, or whoever administers",
    "sign_in_failure.key": "keyed hash of the login as typed, or of the address",
    "sign_in_failure.failures": "in a row",
    "sign_in_failure.last_at": "the last one",
    "sign_in_failure.until": "until when it has to wait; '' when it has not",
    "access_token.revoked_at": "when it was revoked; '' when it was not",
    "receipt.stream": "the case",
    "receipt.command": "id of the command that handed it out; the latest such entry of the case says which is good",
    "receipt.digest": "SHA-256 of log, case and secret; the secret itself is nowhere",
    "outbox.seq": "the entry it was made of",
    "outbox.kind": "received, dispatched, asked or done",
    "outbox.stream": "the case",
    "outbox.number": "its number",
    "outbox.state": "ready, sending, sent, failed, unknown or cancelled",
    "outbox.reason": "why it is not sent: a code, never what a receiver said",
    "outbox.attempts": "how often it was tried",
    "outbox.made_at": "when it was made",
    "outbox.changed_at": "when its state changed last",
    "outbox.next_at": "when it is tried next",
    "outbox.sent_at": "when the receiver took it; '' while it has not",
    "outbox.read_at": "when it was read, or the case was looked at by its receipt; '' while it was not",
    "outbox_progress.size": "entries looked at",
    "subject_key.subject": "person concerned, `resident/<random>`",
    "keyed_token.kind": "what it finds: a person, an equal text",
    "keyed_token.token": "HMAC under a key of the county",
    "hold_change.holder": "cadre; '' where only the unit is named",
    "hold_change.holder_unit": "unit whose stake it is",
    "hold_change.hold_role": "lead 主办 or co 协办",
    "hold_change.step": "+1 has it on the desk, −1 no more",
    "hold_change.began": "1 where the stake itself began; 0 where only a fact that it is counted by moved",
    "hold_change.ended": "1 where the stake itself ended",
    "hold_change.timed": "1 where `seconds` is known",
    "hold_change.seconds": "how long it was held, on release",
    "roster_change.effective_on": "day on which it begins or ceases to hold; it may lie ahead",
    "roster_change.thing": "area, unit, cadre, category or responsibility",
    "roster_change.code": "code or id of the thing",
    "roster_change.level": "level of an area or unit",
    "roster_change.kind": "what a unit is: office, station, …; of a cadre's post: main or also (one held beside it)",
    "roster_change.parent": "what it lies in or under",
    "roster_change.area": "the area itself; of a unit its home, of a responsibility the place answered for",
    "roster_change.township": "township of that area on the first day",
    "roster_change.unit": "the unit itself; of a post its unit, of a responsibility the cadre's unit on its first day",
    "roster_change.cadre": "whose post or responsibility",
    "roster_change.post": "code of the post",
    "roster_change.duty": "contract 包保, grid 网格员, co 协办 or link 挂联",
    "roster_change.reporter": "as whom a cadre reports: courier, grid_worker, …",
    "roster_change.confidentiality": "for the scope of readers",
    "roster_change.step": "+1 holds from that day on, −1 no more",
    "roster_change.began": "1 where it begins to hold",
    "roster_change.ended": "1 where it ceases to",
    "activity_change.activity": "what was done: visit, patrol, service, study, …",
    "activity_change.area": "where",
    "activity_change.township": "township of the place",
    "activity_change.unit": "by whose unit",
    "activity_change.station": "service station; '' elsewhere",
    "activity_change.confidentiality": "for the scope of readers",
    "activity_change.is_activity": "1 for the activity itself; 0 for what is added to it later",
    "activity_change.households": "households visited",
    "activity_change.participants": "people who took part",
    "activity_change.cases": "cases it led to",
    "activity_change.days_late_recorded": "days between occurrence and recording",
    "survey_change.asked_group": "whom it asks: couriers, riders, truckers, …",
    "survey_change.area": "where it asks",
    "survey_change.township": "township of that place; '' above townships",
    "survey_change.unit": "unit that leads",
    "survey_change.units": "all units that run it, between blanks",
    "survey_change.confidentiality": "for the scope of readers",
    "survey_change.question": "of a reply: code of the question; '' on the entry's own line",
    "survey_change.choice": "of a reply: code chosen; '' of a number or words",
    "survey_change.replies": "of a reply: 1 once for each question answered",
    "survey_change.picks": "of a reply: 1 for each choice",
    "survey_change.number": "of a reply: the number given",
    "survey_change.is_survey": "1 for the opening of a survey",
    "survey_change.asked": "people to be asked: what the entry added",
    "survey_change.answered": "1 for a person's answer",
    "survey_change.needs": "1 for a need that became a case",
    "survey_change.closed": "1 for the end of the survey",
    "survey_change.days_late_recorded": "days between occurrence and recording",
    "case_now.number": "case number",
    "case_now.rev": "last revision",
    "case_now.seq": "place of the last entry",
    "case_now.at": "instant of the last entry",
    "case_now.registered_at": "instant of registration; '' where only the date is known",
    "case_now.due": "due instant in force",
    "case_now.held_since": "since when the present holder has it; '' where only the date is known",
    "case_now.held_since_on": "the same as a date",
    "case_now.pending": "what waits for an answer: return, extension, transfer",
    "case_now.merged_into": "stream of the case it goes on in",
    "case_now.co_handlers": "units and cadres between blanks",
    "case_now.offered_to": "unit that is asked to take the lead; '' for none",
    "case_now.data_requests": "requests about personal data that wait for the privacy officer; '' for none",
    "case_now.brought_by": "who brought it in the role of a reporter; '' when registered in another role",
    "projection_state.name": "the projection",
    "projection_state.role": "`live`: answers are read from it; `building`: a rebuild that will replace it",
    "projection_state.version": "of the definition",
    "projection_state.generation": "which rows of the projection's tables belong to it",
    "projection_state.definition": "digest of the definition: it may not change under one version",
    "projection_state.size": "entries counted",
    "projection_state.failed_at": "entry at which it stopped; −1 while it runs",
    "projection_state.error": "what went wrong there",
}
_CODES: dict[str, tuple[str, Mapping[str, str]]] = {
    "status": ("状态", facts.STATUSES),
    "outcome": ("结果", facts.OUTCOMES),
    "kind": ("种类", facts.KINDS),
    "urgency": ("紧急程度", facts.URGENCIES),
    "confidentiality": ("密级", facts.CONFIDENTIALITIES),
    "timeliness": ("是否按时", facts.TIMELINESS),
    "due_basis": ("期限依据", facts.DUE_BASES),
}


def tables_of(room: Any) -> list[Any]:
    """The tables that a room defines, in its order."""
    found = [value for value in vars(room).values() if hasattr(value, "primary_key") and hasattr(value, "comment")]
    return list(dict.fromkeys(found))


def facts_of() -> dict[str, tuple[str, str]]:
    """Fact → (中文, meaning), as the facts document themselves."""
    found = {
        match[1]: (match[2], _SEE.sub(r" (see below)", match[3].strip(" ：")).strip())
        for line in inspect.cleandoc(Facts.__doc__ or "").splitlines()
        if (match := _FACT.match(line)) and match[1] in FACTS
    }
    return {name: found[name] for name in FACTS}


def meaning(table: str, column: str) -> str:
    """What a column holds."""
    if said := HERE.get(f"{table}.{column}"):
        return said
    told = facts_of()
    if column.removeprefix("before_") in told and column.startswith("before_"):
        zh, _ = told[column.removeprefix("before_")]
        return f"{zh}, before the entry; NULL where it did not change"
    if column in told:
        zh, more = told[column]
        return f"{zh}: {more}" if more else zh
    for measures in (TEXT_MEASURES, NUMBER_MEASURES):
        if column in measures and table == "case_change":
            zh, more = measures[column]
            return f"{zh}: {more}"
    return EVERYWHERE[column]


def tables() -> list[str]:
    """`tables.md`: every table and column."""
    parts = [
        "# Tables 数据表",
        "All text sorts by code point; `log` leads every key, so that counties never mix. **Key** marks the primary "
        "key. The log and the sealed parts are all that must be kept: changes and projections follow from the log and "
        "come back equal when they are dropped (`casework projections rebuild --from-entries`).",
    ]
    for heading, room in ROOMS.items():
        parts.append(f"## {heading}")
        for table in tables_of(room):
            parts += [f"### `{table.name}`", table.comment or ""]
            keys = {column.name for column in table.primary_key}
            shown = [c for c in table.columns if not (c.name.startswith("before_") and c.name[7:] in FACTS)]
            rows = [
                (f"`{c.name}`" + (" **key**" if c.name in keys else ""), _type(c), meaning(table.name, c.name))
                for c in shown
            ]
            parts.append(_grid(("column", "type", "meaning"), rows))
            if len(shown) < len(table.columns):
                before = ", ".join(f"`before_{name}`" for name in FACTS)
                parts.append(
                    f"Each fact again as it was before the entry, NULL where the entry did not change it: {before}."
                )
    parts += [
        "### The tables of a tally",
        "Made by the kit for each projection that counts, named after it and its version (on PostgreSQL in the schema "
        "`shelf`): `<name>_v<version>` holds the counts by dimension, `day` (occurred; for stocks effective), "
        "`recorded_on` and `slice` (`seq` ÷ 65,536); `<name>_v<version>_now` the running totals; where it has a "
        "distribution, `…_spread` and `…_spread_now` hold the buckets. `generation` tells a rebuild from what is "
        "served.",
    ]
    return parts


def facts_and_measures() -> list[str]:
    """`facts.md`: what can be counted by and summed, and the codes in use."""
    parts = [
        "# Facts and measures 事实与度量",
        "A **fact** is true of a case after an entry, and stays until another entry changes it: cases are counted by "
        "it, as stocks (`stock(case.outcome == \"solved\")`). What is missing is '' or 0, never null.",
        "## Facts 事实",
        _grid(("fact", "中文", "meaning"), [(f"`{n}`", zh, more) for n, (zh, more) in facts_of().items()]),
        "## Measures of an entry 记录的度量",
        "A **measure** belongs to one entry: acts are counted by it or summed (`count(case.is_action == 1)`). Beside "
        f"them each entry has {', '.join(f'`{c}`' for c in ('type', 'actor', 'role', 'actor_unit', 'counts_for'))} and "
        "its three dates: see [tables](tables.md).",
        _grid(
            ("measure", "中文", "meaning"),
            [(f"`{n}`", *told) for n, told in (TEXT_MEASURES | NUMBER_MEASURES).items()],
        ),
        "## Codes 代码",
        "Stored codes are English; what is shown is the reader's language.",
    ]
    for name, (zh, codes) in _CODES.items():
        parts += [f"### `{name}` {zh}", _grid(("code", "中文"), [(f"`{code}`", term) for code, term in codes.items()])]
    parts += [
        "### Roles 身份",
        "The closed list of roles in which somebody, or the machine, acts. What each may do stands in "
        "[the life of a case](lifecycle.md).",
        _grid(("role", "中文"), [(f"`{role}`", term) for role, term in ROLES.items()]),
    ]
    return parts


def policy() -> list[str]:
    """`policy.md`: every number that the law needs."""
    told = members_of(Policy)
    usual = Policy()
    return [
        "# Policy 政策参数",
        "Every number the law needs. A county's own stand in entry 0 of its log (`casework init --policy "
        "due_days=15`); `casework do change-policy` sets them anew, from then on and never backwards: each decision is "
        "under the policy in force at its place in the log.",
        _grid(
            ("number", "中文", "meaning", "usual"),
            [(f"`{name}`", told[name].term, told[name].meaning, getattr(usual, name)) for name in told],
        ),
    ]


def _type(column: Any) -> str:
    named = type(column.type).__name__
    return {"Text": "text", "LargeBinary": "bytes"}.get(named, "whole number")


def _grid(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)
