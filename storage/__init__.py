"""Tables, queries, blobs and migrations."""
