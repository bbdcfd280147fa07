"""Everything that comes in, dispatched to its use case: commands, presses, forms, reactions, replies."""
