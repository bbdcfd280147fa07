"""State that fronts keep over a restart: open forms, facts about messages, and the transcript."""
