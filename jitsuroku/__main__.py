"""``python -m jitsuroku`` is the command ``jitsuroku``."""

import sys

from jitsuroku.cli import main

sys.exit(main())
