"""What is checked of outputs, by name; deterministic ones first, a model's opinion beside them."""
