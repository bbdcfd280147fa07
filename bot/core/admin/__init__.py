"""The operator's and moderators' commands, and being taken into a place."""
