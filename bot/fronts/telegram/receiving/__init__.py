"""Telegram's updates, told apart and turned into incoming values."""
