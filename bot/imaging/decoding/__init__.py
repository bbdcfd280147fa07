"""From file bytes to upright 8-bit sRGB pixels, within limits."""
