"""One client for any OpenAI-compatible endpoint, and the prompts sent to it."""
