"""What every provider fulfils: the protocol, its errors and the model list's types."""
