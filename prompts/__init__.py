"""Templates, classification, enhancement, traits and content rules, as data and pure functions."""
