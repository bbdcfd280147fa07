"""What is asked of a model, which model draws it, and its price."""
