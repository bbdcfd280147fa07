"""Personas: their commands, traits, reference photos and the depicted person's agreement."""
