"""Files that come in and go out: ledgers, rosters, surveys."""
