"""The values that fronts and core exchange, the command catalogue, parsing and checking of what people type."""
