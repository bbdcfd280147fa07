"""What several providers need: credentials, HTTP, downloads, limits, wrappers."""
