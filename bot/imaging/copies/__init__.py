"""Smaller copies of pictures: thumbnails, reduced copies, numbered copies."""
