"""What a language model proposes for a guide, held to rules and heard by the matcher."""
