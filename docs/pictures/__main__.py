"""``python -m docs.pictures``."""

from docs.pictures import main

main()
