"""The engine: wires a session together. Fronts start it, listen to it and send it commands."""
