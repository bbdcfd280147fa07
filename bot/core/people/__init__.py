"""Finding people, what they may see, and telling them or the operators something."""
