"""State that fronts keep over a restart: open forms and the transcript."""
