"""Whether the settings work, part by part; nothing is started."""
