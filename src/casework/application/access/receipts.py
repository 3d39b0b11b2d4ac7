"""Issues and checks receipts: a case number with a secret proving the case is yours.

A secret is 80 bits that follow, by HMAC, from a key derived from the wrapping key, the case and the command that hands
it out: a repeat of that command finds the same again, and none is stored. What is checked is a hash of the secret, so
that receipts on paper outlive the wrapping key. The latest receipt of a case is good, and none before it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import select

from casework.application.access.refusals import refused
from casework.application.access.throttle import Attempts
from casework.application.runtime.runtime import Prepared, Runtime
from casework.database.engine import reading
from casework.database.metadata import APPEND_ONLY, binaries, clustered, texts
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.residents import ReceiptIssued
from casework.law.cases.state import CaseState, asker
from casework.law.command import Command
from casework.law.kinds import fold, streams
from casework.log import codec
from casework.log.entry import Entry
from casework.log.submission import Answer, Submission

#: characters of a secret: none is easily confused on paper or by telephone
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 16, 4
_BITS = 5
#: commands that hand out a receipt
ISSUING = frozenset({"register-case", "record-handled", "issue-receipt"})
_HANDS_OUT = frozenset({CaseRegistered.name, ReceiptIssued.name})
_SHORT_NUMBER = re.compile(r"(\d{4})-(\d{1,6})\Z")
_NONE = b"\x00" * 32

receipt = clustered(
    "receipt",
    texts(
        "log",
        primary=True,
        stream="the case",
        command="id of the command that handed it out; the latest such entry of the case says which is good",
    ),
    binaries(digest="SHA-256 of log, case and secret; the secret itself is nowhere"),
    rights=APPEND_ONLY,
    comment="Of each receipt handed out: the command that did, and a hash of its secret; the latest one is good.",
)


class Receipted(Answer, kw_only=True, omit_defaults=True):
    """The answer to a command that hands out a receipt.

    secret  to be given, with the number, to the resident; shown only here, '' where it is no longer good
    """

    secret: str = ""


class ShownReceipt(Struct, frozen=True, kw_only=True):
    """A case whose receipt was shown; ACTOR is the id under which its holder acts."""

    log: str
    stream: str
    state: CaseState
    entries: Sequence[Entry]
    actor: str


def hash_receipt(runtime: Runtime, log: str, command: Command, command_id: str) -> Prepared:
    """Prepares a command of ISSUING: the hash of the receipt's secret is committed beside it."""
    if getattr(command, "kind", "") == "matter" and not getattr(command, "resident", ""):
        return command, ()  # planned by an office, not asked for by a resident
    stream = streams(command)[0]
    digest = _digest(log, stream, _secret(runtime, log, stream, command_id))
    return command, ((receipt, ({"log": log, "stream": stream, "command": command_id, "digest": digest},)),)


def receipted(runtime: Runtime, submission: Submission, answer: Answer) -> Answer:
    """The answer with the secret, where the command handed out one that is still good; asks the database of repeats."""
    if not any(table is receipt for table, _ in submission.beside):
        return answer
    log, stream = answer.log, answer.stream
    secret = _secret(runtime, log, stream, submission.command_id)
    if answer.repeated and not _is_good(runtime, log, stream, runtime.store.read_stream(log, stream), secret):
        return answer
    return Receipted(**asdict(answer), secret=shown(secret))


def hold(runtime: Runtime, log: str, number: str, secret: str, attempts: Attempts, address: str) -> ShownReceipt:
    """The case of a receipt; one and the same Problem where number or secret is wrong, and a wait after some of these.

    address  from where it is asked, '' where that is unknown; kept in memory alone, for as long as it must wait
    """
    number, secret = plain(number), plain(secret).replace("-", "")
    succeeded = attempts.one(f"case {log} {number}", f"from {address}" if address else "")
    stream = _stream(runtime, log, number)
    entries = runtime.store.read_stream(log, stream) if stream else ()
    # the same work where there is no such case, against timing
    if not _is_good(runtime, log, stream, entries, secret):
        raise refused("no-such-receipt")
    succeeded()
    state: CaseState = fold([codec.recorded(entry) for entry in entries])
    return ShownReceipt(log=log, stream=stream, state=state, entries=entries, actor=asker(stream, state))


def plain(text: str) -> str:
    """What was typed, in the one form: no spaces, capitals, every width and dash alike."""
    folded = re.sub(r"[\s_\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", text[:200]).strip().upper())
    return re.sub(r"-+", "-", folded)


def shown(secret: str) -> str:
    """A secret in groups, as it is printed and read out."""
    return "-".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))


def _secret(runtime: Runtime, log: str, stream: str, command_id: str) -> str:
    bits = int.from_bytes(runtime.sealer.receipt(log, stream, command_id)[: LENGTH * _BITS // 8], "big")
    return "".join(ALPHABET[(bits >> (at * _BITS)) % len(ALPHABET)] for at in range(LENGTH))


def _digest(log: str, stream: str, secret: str) -> bytes:
    """80 random bits need no slow hash; log and stream keep equal secrets, if there were any, apart."""
    return hashlib.sha256(f"casework/receipt/v1\n{log}\n{stream}\n{secret}".encode()).digest()


def _is_good(runtime: Runtime, log: str, stream: str, entries: Sequence[Entry], secret: str) -> bool:
    """Whether the secret is that of the latest receipt."""
    latest = next((entry.command for entry in reversed(entries) if entry.type in _HANDS_OUT), "")
    of = receipt.c
    with reading(runtime.engine) as db:
        kept = db.scalar(select(of.digest).where(of.log == log, of.stream == stream, of.command == latest))
    # compared in constant time, also where there is none
    return hmac.compare_digest(_digest(log, stream, secret), bytes(kept or _NONE)) and kept is not None


def _stream(runtime: Runtime, log: str, number: str) -> str:
    """The stream of a case number, with or without its county; '' for none."""
    if short := _SHORT_NUMBER.match(number):
        number = f"{log}-{short[1]}-{int(short[2]):06}"
    return runtime.store.find(log, "number", number.lower()) or "" if number.isprintable() else ""


def log_of(runtime: Runtime, number: str) -> str:
    """The county whose number it is; '' where that cannot be told."""
    logs = runtime.logs()
    named = plain(number).lower()
    found = [log for log in logs if named.startswith(f"{log}-")]
    return max(found, key=len) if found else logs[0] if len(logs) == 1 else ""
