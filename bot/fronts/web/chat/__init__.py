"""The chat: what people send, what we answer, and the transcript that pages read."""
