"""The kit of all fronts: the core as one protocol, message store, edits, forms, redirects, text limits, languages."""
