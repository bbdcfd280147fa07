"""Google's Nano Banana models through the Gemini API."""
