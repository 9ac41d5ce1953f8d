"""A sign of life: long work in a child process shows that it still gets on."""

import os
from pathlib import Path

_VARIABLE = "KG_READER_PULSE"


def set_pulse(path: Path) -> None:
    """From now on `beat` touches this file."""
    os.environ[_VARIABLE] = str(path)


def beat() -> None:
    """Show that one page is done; nothing to show outside a child."""
    if path := os.environ.get(_VARIABLE):
        Path(path).touch()


def last_beat(path: Path) -> float:
    """When the file was touched last, in seconds of the epoch; 0 for never."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
