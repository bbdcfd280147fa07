"""A ComfyUI server of the user's own."""
