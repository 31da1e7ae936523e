"""The lab, with real models, real folders and a real scheduler."""
