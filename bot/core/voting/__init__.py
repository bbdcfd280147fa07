"""The state machine of votes: rules, polls, tallies; no commands."""
