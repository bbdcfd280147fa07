"""The six looks: pure functions that restyle a photo of about one megapixel, faces finer than the rest."""

LOOKS: tuple[str, ...] = ("oil", "watercolour", "graphite", "comic", "cinematic", "poster")
"""Their names, in the order in which they are shown when no style is asked for."""
