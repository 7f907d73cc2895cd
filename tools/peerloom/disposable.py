"""Where is kept what can be made again at any time."""

import os
from pathlib import Path


def folder() -> Path:
    """The user's own cache folder for this program; it may not be there."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "peerloom"
