"""Our messages on Telegram: rendered, posted, edited and removed."""
