"""The web chat: a page in plain modules, its small API, and the front end behind both."""
