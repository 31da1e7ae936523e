"""Documents as numbered blocks of text: text, Markdown, HTML, PDF and Word."""
