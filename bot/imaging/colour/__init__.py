"""What colours a file says its numbers are, and their conversion to sRGB."""
