"""fal.ai through its queue."""
