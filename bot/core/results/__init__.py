"""Progress and results in the chat: composed, posted, edited, delivered."""
