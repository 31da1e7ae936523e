"""Speech: voice activity, endpoints, transcription and model files."""
