"""Change rows: what each entry changed, a fold of the law over the log."""
