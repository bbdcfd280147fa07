"""Photos taken in, pictures handed out, blobs cleaned up."""
