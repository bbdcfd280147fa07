"""Image providers: one folder each, behind one contract."""
