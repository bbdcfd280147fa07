"""Likeness: the chat bot."""
