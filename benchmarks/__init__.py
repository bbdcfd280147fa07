"""The floors and our own figures, side by side."""
