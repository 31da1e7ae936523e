"""Guides as people make them: imported, completed, edited, measured, compared and handed on."""
