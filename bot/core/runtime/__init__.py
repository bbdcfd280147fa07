"""The ports and services a use case works with, retry and access policies, questions that wait for an answer."""
