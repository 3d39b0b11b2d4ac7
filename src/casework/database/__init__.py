"""The database engine, shared metadata and migrations."""
