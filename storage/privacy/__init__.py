"""What is kept about a person: counted, exported, erased, joined, purged."""
