"""The event log: entries, tables, store, writer."""
