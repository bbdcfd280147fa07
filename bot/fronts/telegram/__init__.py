"""The Telegram front end."""

PLATFORM = "telegram"
"""The name of the platform in places, identities and messages."""
