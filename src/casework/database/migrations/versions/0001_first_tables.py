"""The first tables: log, changes, sealed parts, accounts, messages; on SQLite their triggers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

# The id of the last of sixteen earlier steps, which made equal tables: databases and backups at it need nothing.
revision = "audit_findings"
down_revision = None

# Text sorts by code point on every database.
_CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# SQLite has no roles: triggers keep entries as they were written. A replacement is an insertion whose key exists;
# what it replaces goes without a DELETE, so it must be stopped before.
_TRIGGERS = (
    """
    CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
    WHEN EXISTS (SELECT 1 FROM entry WHERE log = NEW.log AND seq = NEW.seq)
      OR EXISTS (SELECT 1 FROM entry WHERE log = NEW.log AND stream = NEW.stream AND rev = NEW.rev)
      OR EXISTS (SELECT 1 FROM entry WHERE rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, 'an entry is written once: this one exists already'); END
    """,
    """
    CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'an entry is never changed: record a correction instead'); END
    """,
    """
    CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'an entry is never deleted: what it sealed can be erased'); END
    """,
    """
    CREATE TRIGGER access_ledger_no_update BEFORE UPDATE ON access_ledger
    BEGIN SELECT RAISE(ABORT, 'readings are never changed or removed'); END
    """,
    """
    CREATE TRIGGER access_ledger_no_delete BEFORE DELETE ON access_ledger
    BEGIN SELECT RAISE(ABORT, 'readings are never changed or removed'); END
    """,
)

_FACT_TEXTS = (
    "status outcome kind category topic channel reporter area township unit lead urgency confidentiality external_ref"
    " timeliness registered_on accepted_on due_on closed_on closer closer_unit solved_word"
)
_FACT_WHOLES = (
    "round returns extensions reopenings corrections reminders parked supervised on_the_spot timed resolve_seconds"
    " contacted contact_seconds planned_beneficiaries beneficiaries satisfaction"
)


# Columns are written `kind name name; kind name`. A `?` behind the kind: may be NULL.
_KINDS: dict[str, Any] = {"text": _CODE, "whole": sa.BigInteger(), "small": sa.Integer(), "bytes": sa.LargeBinary()}
_LINE = (
    "text log; whole seq; small line; text recorded_on; whole weight of_seq; text stream; whole rev;"
    " text type actor role actor_unit counts_for occurred_on effective_on; "
)


def _table(
    name: str, columns: str, *, key: str, comment: str, clustered: bool = False, unique: str = "", **options: Any
) -> None:
    """Create a table; CLUSTERED where SQLite keeps its rows in the order of the key; `defaults` by column."""
    defaults = options.pop("defaults", {})
    made: list[sa.schema.SchemaItem] = []
    for group in columns.split(";"):
        kind, *names = group.split()
        for one in names:
            type_, nullable = _KINDS[kind.rstrip("?")], kind.endswith("?")
            made.append(sa.Column(one, type_, nullable=nullable, server_default=defaults.get(one)))
    made.append(sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}"))
    if unique:
        made.append(sa.UniqueConstraint(*unique.split(), name=f"uq_{name}_{unique.replace(' ', '_')}"))
    op.create_table(name, *made, comment=comment, sqlite_with_rowid=not clustered, **options)


def upgrade() -> None:
    """Create everything in an empty database."""
    _create_log()
    _create_changes()
    _create_sealed()
    _create_access()
    _create_indexes()
    if op.get_context().dialect.name == "sqlite":
        for trigger in _TRIGGERS:
            op.execute(trigger)


def _create_log() -> None:
    _table(
        "log_head",
        "text log; whole size; text at recorded_on; small number_year number_count",
        key="log",
        clustered=True,
        postgresql_with={"fillfactor": 10},
        comment="One row per log, locked by every append: its size, last instant and last case number.",
    )
    _table(
        "entry",
        "text log; whole seq; text stream; small rev; text type at recorded_on occurred_on actor counts_for command;"
        " bytes bytes leaf_hash",
        key="log seq",
        unique="log stream rev",
        comment="The truth is `bytes`; the other columns are an index over them, which verify compares.",
    )
    _table(
        "stream_head",
        "text log stream; small rev; whole seq",
        key="log stream",
        clustered=True,
        comment="The last revision of each stream, and its place in the log.",
    )
    _table(
        "command",
        "text log command actor; bytes digest; text at answer",
        key="log command",
        clustered=True,
        comment="Commands answered, for as long as a device may stay away; entries remember theirs for longer.",
    )
    _table(
        "claim",
        "text log kind key stream",
        key="log kind key",
        clustered=True,
        comment="What exists once in a log: case numbers, a ledger's own ids.",
    )
    _table(
        "projection_state",
        "text log name role; small version generation; text definition; whole size failed_at; text error",
        key="log name role",
        comment="How far each projection has counted, moved by compare-and-set in the transaction that writes the"
        " counts.",
    )


def _create_changes() -> None:
    before = (f"before_{' before_'.join(facts.split())}" for facts in (_FACT_TEXTS, _FACT_WHOLES))
    for name, columns, comment in (
        (
            "case_change",
            "text action reason held_by held_unit;"
            " whole is_action is_contact is_callback reached first_touch act_round late before_registration"
            " days_late_recorded negative_duration;"
            f" text {_FACT_TEXTS}; whole {_FACT_WHOLES}; text? {next(before)}; whole? {next(before)};"
            " text survey; text? before_survey",
            "What each entry changed of its case: facts after and before, measures, weight.",
        ),
        (
            "hold_change",
            "text holder holder_unit hold_role; whole step began ended timed seconds;"
            " text township kind category confidentiality unit urgency",
            "Whose stake moved: one line per holder, with the facts of the side that the line stands for.",
        ),
        (
            "activity_change",
            "text activity area township unit station confidentiality;"
            " whole is_activity households participants cases days_late_recorded",
            "Acts without a case: what was done where, by whose unit, for how many.",
        ),
        (
            "survey_change",
            "text asked_group area township unit units confidentiality question choice;"
            " whole replies picks number is_survey asked answered needs closed days_late_recorded",
            "Needs surveys: whom they ask, who answered what, which needs became cases.",
        ),
        (
            "finding_change",
            "text kind about about_case projection area township unit confidentiality status outcome due_on;"
            " whole step is_finding answered late days_to_answer closed",
            "What auditors found: about what, whom it concerns, and from which day how it stands.",
        ),
        (
            "roster_change",
            "text thing code level kind parent area township unit cadre post duty reporter confidentiality;"
            " whole step began ended",
            "What holds of places, units, people and responsibilities, and from which day it no longer does.",
        ),
    ):
        _table(name, _LINE + columns, key="log seq line", defaults={"survey": ""}, comment=comment)
    _table(
        "case_now",
        "text log stream number; whole rev seq;"
        " text at effective_on registered_at due held_since held_since_on pending merged_into co_handlers;"
        f" text {_FACT_TEXTS}; whole {_FACT_WHOLES}; text offered_to brought_by survey data_requests",
        key="log stream",
        defaults=dict.fromkeys(("offered_to", "brought_by", "survey", "data_requests"), ""),
        comment="The latest facts of every case, one row each: queues, lists and search read it.",
    )


def _create_sealed() -> None:
    _table(
        "sealed_blob",
        "text log kid command; small event; text alg sha256; bytes bytes",
        key="log kid",
        comment="Sealed parts; `command` and `event` (its place among the command's events) are bound into the seal.",
    )
    for name, columns, key, comment in (
        (
            "sealed_key",
            "text log kid; bytes wrapped; text kek",
            "log kid",
            "The key of each part, wrapped; `kek` names the wrapping key.",
        ),
        (
            "subject_key",
            "text log subject kid",
            "log subject kid",
            "Which keys concern which persons (pseudonyms): many to many.",
        ),
        (
            "keyed_token",
            "text log kind token kid stream",
            "log kind token kid",
            "HMACs that find equal persons and equal texts; they die with the blob.",
        ),
        (
            "attachment",
            "text log sha256 kid media_type; whole length; text at actor",
            "log sha256",
            "Photos and papers by the digest of their content, each sealed under a key of its own, once per log.",
        ),
        (
            "attachment_bringer",
            "text log kid actor",
            "log kid actor",
            "Who had the bytes of an attachment and brought them: what they refer to it in shows it.",
        ),
        (
            "kept_key",
            "text log purpose; bytes wrapped; text kek",
            "log purpose",
            "Keys by which stored values are compared, as they were before the first rotation, wrapped.",
        ),
        (
            "access_ledger",
            "text log day id at actor role unit what stream; small shown; text source operator reason request",
            "log day id",
            "Who read what is sealed, when and why; rows are added, and each day is fixed by an entry.",
        ),
    ):
        _table(name, columns, key=key, clustered=True, comment=comment)


def _create_access() -> None:
    for name, columns, key, comment in (
        (
            "access_token",
            "text log id; bytes digest; text actor role area made_at made_by expires_at revoked_at scopes unit",
            "log id",
            "Access tokens of the API: their SHA-256 only, for whom, in which role and area, and until when.",
        ),
        (
            "account",
            "text log login actor phc state; small must_change; text code_until; small totp_on; bytes totp_secret;"
            " text totp_kek; whole totp_step; text made_at made_by changed_at changed_by signed_in_at",
            "log login",
            "Who may sign in, as whom, and the argon2id hash of the password.",
        ),
        (
            "recovery_code",
            "text log login; bytes digest; text used_at",
            "log login digest",
            "What stands in for a lost second factor, each once; an HMAC only.",
        ),
        (
            "session",
            "text log id; bytes digest;"
            " text login actor role way device made_at seen_at expires_at ended_at ended_by; small second; text unit",
            "log id",
            "Who is signed in: browsers for a day's work, devices for weeks; the SHA-256 of each secret only.",
        ),
        (
            "sign_in_begun",
            "text log; bytes state browser; text next until",
            "log state",
            "Sign-ins on their way through the identity provider, for minutes; SHA-256 of what finishes them only.",
        ),
        (
            "sign_in_failure",
            "text log key; small failures; text last_at until",
            "log key",
            "Sign-ins that failed lately, by keyed hash of what was typed and of where from; kept for a day.",
        ),
        (
            "receipt",
            "text log stream command; bytes digest",
            "log stream command",
            "Of each receipt handed out: the command that did, and a hash of its secret; the latest one is good.",
        ),
        (
            "outbox_progress",
            "text log; whole size",
            "log",
            "How many entries have been looked at for messages; said anew in every place, and copied to none.",
        ),
    ):
        defaults = {"access_token": {"scopes": "read act", "unit": ""}, "session": {"second": "0", "unit": ""}}
        _table(name, columns, key=key, clustered=True, defaults=defaults.get(name, {}), comment=comment)
    _table(
        "account_link",
        "text log login issuer; bytes subject; text made_at made_by",
        key="log login",
        unique="log issuer subject",
        clustered=True,
        comment="Who at the identity provider comes in by which account; an HMAC of their identifier there only.",
    )
    _table(
        "outbox",
        "text log; whole seq; text kind stream number state reason; small attempts;"
        " text made_at changed_at next_at sent_at read_at",
        key="log seq kind",
        comment="Messages to residents: one row for each entry that one is made of, and how it fared.",
    )


def _create_indexes() -> None:
    for table, name, columns in (
        ("access_ledger", "stream", "log stream day"),
        ("access_ledger", "actor", "log actor day"),
        ("attachment", "log_kid", "log kid"),
        ("case_now", "area", "log area number"),
        ("case_now", "lead", "log lead status"),
        ("case_now", "number", "log number"),
        ("case_now", "township", "log township status"),
        ("case_now", "unit", "log unit status"),
        ("entry", "log_command", "log command"),
        ("finding_change", "log_about_case", "log about_case"),
        ("finding_change", "log_stream", "log stream"),
        ("keyed_token", "log_kid", "log kid"),
        ("outbox", "state", "log state next_at"),
        ("outbox", "stream", "log stream"),
        ("session", "log_login", "log login"),
        ("subject_key", "log_kid", "log kid"),
        ("survey_change", "log_stream", "log stream"),
    ):
        op.create_index(f"ix_{table}_{name}", table, columns.split())
    # blank in most cases: a partial index stays small
    for column in ("brought_by", "co_handlers", "data_requests", "offered_to", "pending", "survey"):
        filled = sa.text(f"{column} <> ''")
        names = ["log", column]
        op.create_index(f"ix_case_now_{column}", "case_now", names, sqlite_where=filled, postgresql_where=filled)
