"""Our messages on Discord: rendered, posted, edited and removed."""
