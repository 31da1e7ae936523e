"""A run, a comparison or a trend as one HTML file."""
