"""What each entry changed: flat rows, a fold of the law over the log."""
