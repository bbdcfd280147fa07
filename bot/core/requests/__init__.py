"""From words and photos to an accepted request, and what people ask for again."""
