"""Drawing one image: attempt, provider call, settlement, fallback, cancelling."""
