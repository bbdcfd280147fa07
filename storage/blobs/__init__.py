"""Picture bytes: the store, their encryption, and which key a store is encrypted with."""
