"""Who is on a photo, whether it may be used, and the content rules."""
