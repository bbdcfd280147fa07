"""The Bot API: calls, rate limits, polling and webhook."""
