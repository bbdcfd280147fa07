"""A person's own settings, quota, linked identities and personal data."""
