"""The first tables: the log, what each entry changed, sealed parts, and who may touch what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Text sorts by code point on every database.
CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# SQLite has no roles: triggers keep entries as they were written. A replacement is an insertion whose key exists;
# what it replaces goes without a DELETE, so it must be stopped before.
TRIGGERS = (
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
)


def _binary(names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names.split()]


def _small(names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names.split()]


def _text(names: str) -> list[sa.Column]:
    return [sa.Column(name, CODE, nullable=False) for name in names.split()]


def _text_or_null(names: str) -> list[sa.Column]:
    return [sa.Column(name, CODE, nullable=True) for name in names.split()]


def _whole(names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names.split()]


def _whole_or_null(names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.BigInteger(), nullable=True) for name in names.split()]


def upgrade() -> None:
    """Create everything in an empty database."""
    op.create_table(
        "activity_change",
        *_text("log"),
        *_whole("seq"),
        *_small("line"),
        *_text("recorded_on"),
        *_whole("weight of_seq"),
        *_text("stream"),
        *_whole("rev"),
        *_text(
            "type actor role actor_unit counts_for occurred_on effective_on activity area "
            "township unit station confidentiality"
        ),
        *_whole("is_activity households participants cases days_late_recorded"),
        sa.PrimaryKeyConstraint("log", "seq", "line", name=op.f("pk_activity_change")),
        comment="Acts without a case: what was done where, by whose unit, for how many.",
    )
    op.create_table(
        "case_change",
        *_text("log"),
        *_whole("seq"),
        *_small("line"),
        *_text("recorded_on"),
        *_whole("weight of_seq"),
        *_text("stream"),
        *_whole("rev"),
        *_text("type actor role actor_unit counts_for occurred_on effective_on action reason held_by held_unit"),
        *_whole(
            "is_action is_contact is_callback reached first_touch act_round late "
            "before_registration days_late_recorded negative_duration"
        ),
        *_text(
            "status outcome kind category topic channel reporter area township unit lead urgency "
            "confidentiality external_ref timeliness registered_on accepted_on due_on closed_on "
            "closer closer_unit solved_word"
        ),
        *_whole(
            "round returns extensions reopenings corrections reminders parked supervised "
            "on_the_spot timed resolve_seconds contacted contact_seconds planned_beneficiaries "
            "beneficiaries satisfaction"
        ),
        *_text_or_null(
            "before_status before_outcome before_kind before_category before_topic before_channel "
            "before_reporter before_area before_township before_unit before_lead before_urgency "
            "before_confidentiality before_external_ref before_timeliness before_registered_on "
            "before_accepted_on before_due_on before_closed_on before_closer before_closer_unit "
            "before_solved_word"
        ),
        *_whole_or_null(
            "before_round before_returns before_extensions before_reopenings before_corrections "
            "before_reminders before_parked before_supervised before_on_the_spot before_timed "
            "before_resolve_seconds before_contacted before_contact_seconds "
            "before_planned_beneficiaries before_beneficiaries before_satisfaction"
        ),
        sa.PrimaryKeyConstraint("log", "seq", "line", name=op.f("pk_case_change")),
        comment="What each entry changed of its case: facts after and before, measures, weight.",
    )
    op.create_table(
        "case_now",
        *_text("log stream number"),
        *_whole("rev seq"),
        *_text(
            "at effective_on registered_at due held_since held_since_on pending merged_into "
            "co_handlers status outcome kind category topic channel reporter area township unit "
            "lead urgency confidentiality external_ref timeliness registered_on accepted_on "
            "due_on closed_on closer closer_unit solved_word"
        ),
        *_whole(
            "round returns extensions reopenings corrections reminders parked supervised "
            "on_the_spot timed resolve_seconds contacted contact_seconds planned_beneficiaries "
            "beneficiaries satisfaction"
        ),
        sa.PrimaryKeyConstraint("log", "stream", name=op.f("pk_case_now")),
        comment="The latest facts of every case, one row each: queues, lists and search read it.",
    )
    op.create_index(op.f("ix_case_now_lead"), "case_now", ["log", "lead", "status"], unique=False)
    op.create_index(op.f("ix_case_now_number"), "case_now", ["log", "number"], unique=False)
    op.create_index(op.f("ix_case_now_township"), "case_now", ["log", "township", "status"], unique=False)
    op.create_index(op.f("ix_case_now_unit"), "case_now", ["log", "unit", "status"], unique=False)
    op.create_table(
        "claim",
        *_text("log kind key stream"),
        sa.PrimaryKeyConstraint("log", "kind", "key", name=op.f("pk_claim")),
        sqlite_with_rowid=False,
        comment="What exists once in a log: case numbers, a ledger's own ids.",
    )
    op.create_table(
        "command",
        *_text("log command actor"),
        *_binary("digest"),
        *_text("at answer"),
        sa.PrimaryKeyConstraint("log", "command", name=op.f("pk_command")),
        sqlite_with_rowid=False,
        comment=("Commands answered, for as long as a device may stay away; entries remember theirs for longer."),
    )
    op.create_table(
        "entry",
        *_text("log"),
        *_whole("seq"),
        *_text("stream"),
        *_small("rev"),
        *_text("type at recorded_on occurred_on actor counts_for command"),
        *_binary("bytes leaf_hash"),
        sa.PrimaryKeyConstraint("log", "seq", name=op.f("pk_entry")),
        sa.UniqueConstraint("log", "stream", "rev", name=op.f("uq_entry_log_stream_rev")),
        comment="The truth is `bytes`; the other columns are an index over them, which verify compares.",
    )
    op.create_index(op.f("ix_entry_log_command"), "entry", ["log", "command"], unique=False)
    op.create_table(
        "hold_change",
        *_text("log"),
        *_whole("seq"),
        *_small("line"),
        *_text("recorded_on"),
        *_whole("weight of_seq"),
        *_text("stream"),
        *_whole("rev"),
        *_text("type actor role actor_unit counts_for occurred_on effective_on holder holder_unit hold_role"),
        *_whole("step began ended timed seconds"),
        *_text("township kind category confidentiality unit urgency"),
        sa.PrimaryKeyConstraint("log", "seq", "line", name=op.f("pk_hold_change")),
        comment=("Whose stake moved: one line per holder, with the facts of the side that the line stands for."),
    )
    op.create_table(
        "keyed_token",
        *_text("log kind token kid stream"),
        sa.PrimaryKeyConstraint("log", "kind", "token", "kid", name=op.f("pk_keyed_token")),
        sqlite_with_rowid=False,
        comment="HMACs that find equal persons and equal texts; they die with the blob.",
    )
    op.create_index(op.f("ix_keyed_token_log_kid"), "keyed_token", ["log", "kid"], unique=False)
    op.create_table(
        "log_head",
        *_text("log"),
        *_whole("size"),
        *_text("at recorded_on"),
        *_small("number_year number_count"),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_log_head")),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 10},
        comment="One row per log, locked by every append: its size, last instant and last case number.",
    )
    op.create_table(
        "projection_state",
        *_text("log name role"),
        *_small("version generation"),
        *_text("definition"),
        *_whole("size failed_at"),
        *_text("error"),
        sa.PrimaryKeyConstraint("log", "name", "role", name=op.f("pk_projection_state")),
        comment=(
            "How far each projection has counted, moved by compare-and-set in the transaction that writes the counts."
        ),
    )
    op.create_table(
        "sealed_blob",
        *_text("log kid command"),
        *_small("event"),
        *_text("alg sha256"),
        *_binary("bytes"),
        sa.PrimaryKeyConstraint("log", "kid", name=op.f("pk_sealed_blob")),
        comment=("Sealed parts; `command` and `event` (its place among the command's events) are bound into the seal."),
    )
    op.create_table(
        "sealed_key",
        *_text("log kid"),
        *_binary("wrapped"),
        *_text("kek"),
        sa.PrimaryKeyConstraint("log", "kid", name=op.f("pk_sealed_key")),
        sqlite_with_rowid=False,
        comment="The key of each part, wrapped; `kek` names the wrapping key.",
    )
    op.create_table(
        "stream_head",
        *_text("log stream"),
        *_small("rev"),
        *_whole("seq"),
        sa.PrimaryKeyConstraint("log", "stream", name=op.f("pk_stream_head")),
        sqlite_with_rowid=False,
        comment="The last revision of each stream, and its place in the log.",
    )
    op.create_table(
        "subject_key",
        *_text("log subject kid"),
        sa.PrimaryKeyConstraint("log", "subject", "kid", name=op.f("pk_subject_key")),
        sqlite_with_rowid=False,
        comment="Which keys concern which persons (pseudonyms): many to many.",
    )
    op.create_index(op.f("ix_subject_key_log_kid"), "subject_key", ["log", "kid"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(trigger)
