"""Limits, token quotas and amounts."""
