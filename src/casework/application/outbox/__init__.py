"""Messages to residents: made from entries, sent through a channel, listed."""
