"""The provider without a key: six looks drawn on this machine."""
