"""`python -m flytui`."""

import os
import sys

# Python puts the current folder first, and a checkout's yaml.py is not to be run for YAML.
if sys.path and os.path.realpath(sys.path[0] or ".") == os.path.realpath("."):
    del sys.path[0]

from flytui.cli import main

sys.exit(main())
