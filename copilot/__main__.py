"""``python -m copilot`` is ``interview-copilot``."""

import sys

from copilot.cli.main import main

sys.exit(main())
