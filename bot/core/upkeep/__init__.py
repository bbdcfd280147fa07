"""Scheduled work: recovery after a crash, expiry, daily cleanup."""
