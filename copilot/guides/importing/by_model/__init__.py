"""What a language model finds in the prose of a document, held to its lines."""
