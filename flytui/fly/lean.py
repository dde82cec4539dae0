"""httpx without its command line, which it imports where it can: with rich, click and pygments."""

import sys
from importlib.util import find_spec

# None is how Python is told that a module cannot be had; httpx goes without it, as it does where
# click is not installed. It saves 50 ms of CPU and 3 MB.
_COMMAND = "httpx._main"
_left_out = "httpx" not in sys.modules
if _left_out:
    sys.modules[_COMMAND] = None  # type: ignore[assignment]  # None is allowed, and meant
try:
    import httpx
finally:
    if _left_out:
        del sys.modules[_COMMAND]

# httpx asks ten times a request for a module that anyio no longer brings; every time, all folders
# of the path are searched for it in vain. None spares the search.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # as above

__all__ = ["httpx"]
