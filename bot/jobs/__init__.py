"""Durable work on DBOS: queues, workflows, heartbeats, recovery."""
