"""`python -m flytui`."""

import sys

from flytui.cli import main

sys.exit(main())
