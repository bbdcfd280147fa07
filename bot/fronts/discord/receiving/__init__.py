"""Discord's events, checked and turned into incoming values."""
