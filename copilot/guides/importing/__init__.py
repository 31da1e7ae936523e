"""From a document to a guide: what it holds, where it stands, and what could not be placed."""
