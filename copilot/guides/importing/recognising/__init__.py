"""Which block of a document is what, by headings, lists and the form of sentences."""
