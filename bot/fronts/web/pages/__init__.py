"""What a page loads: HTML, words, menus and pictures."""
