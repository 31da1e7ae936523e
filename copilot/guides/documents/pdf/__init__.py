"""PDF files: lines of pages, by where and how large their letters stand."""
