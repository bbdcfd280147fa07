"""Files that leave us: foreign metadata removed, our own mark written."""
