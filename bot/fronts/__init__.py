"""Front ends: each turns a chat platform's events into incoming values and renders outgoing ones."""
