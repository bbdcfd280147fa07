"""Reads over several tables: galleries, search, statistics, delivery."""
