"""The terminal chat, and single messages for scripts."""
