"""Waiting for files of a garden to be saved."""

import os
from collections.abc import Iterator
from pathlib import Path

from kg.config import FILE
from kg.garden import Place
from kg.reading.discover import COMPANION

_STEP = 10  # milliseconds of quiet after which a burst of saves counts as over
_LONGEST = 200


def saves(place: Place) -> Iterator[set[str]]:
    """The files saved, relative to the garden, each time that some are; ends when the process is interrupted."""
    from watchfiles import Change, watch

    store = os.path.realpath(place.store) + os.sep

    def matters(change: Change, path: str) -> bool:
        hidden = any(part.startswith(".") for part in Path(os.path.relpath(path, place.root)).parts if part != "..")
        return not path.startswith(store) and not hidden and path.endswith((".md", ".txt", COMPANION, FILE))

    folders = [path if path.is_dir() else path.parent for path in place.paths]
    for changes in watch(*folders, watch_filter=matters, step=_STEP, debounce=_LONGEST, raise_interrupt=False):
        yield {os.path.relpath(path, os.path.realpath(place.root)).replace(os.sep, "/") for _, path in changes}
