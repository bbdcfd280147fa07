"""The words people read: Fluent messages in English and French."""
