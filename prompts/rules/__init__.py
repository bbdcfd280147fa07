"""The content rules: refuse sexual content, and anything sexual or suggestive about somebody young."""

from prompts.rules.check import Rule, broken

__all__ = ["Rule", "broken"]
