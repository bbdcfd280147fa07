"""Judging pictures: keep and reject, votes, review rounds, galleries, trash, reports, sharing."""
