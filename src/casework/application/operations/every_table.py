"""Imports every module that defines tables, so that the metadata is complete."""

import casework.application.access.receipts
import casework.application.accounts.tables
import casework.application.accounts.tokens
import casework.application.outbox.table
import casework.change.tables
import casework.projection.tables
import casework.seal.reading_ledger
import casework.seal.tables  # noqa: F401
