"""The forms a report can take beside Markdown and HTML: text, subtitles, tables, a scorecard."""
