"""The catalogue as Discord's application commands, and their registration."""
