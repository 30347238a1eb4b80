"""Waiting for files of a garden to be saved."""

import os
from collections.abc import Iterator
from pathlib import Path

from kg.config import FILE
from kg.garden import Place
from kg.linking.sssom import FILE as REVIEWED
from kg.reading.discover import COMPANION

_STEP = 10  # milliseconds of quiet after which a burst of saves counts as over
_LONGEST = 200
_SETTLED = 1_000  # milliseconds after which a watcher that saw nothing has long been at work


def saves(place: Place) -> Iterator[set[str]]:
    """The files saved, relative to the garden, each time that some are; ends when the process is interrupted.

    An empty set follows the start and each burst of saves, once all is quiet: a file saved before the system watched
    its folder, as in one just made, went unseen until then.
    """
    from watchfiles import Change, watch

    store = os.path.realpath(place.store) + os.sep

    def matters(change: Change, path: str) -> bool:
        hidden = any(part.startswith(".") for part in Path(os.path.relpath(path, place.root)).parts if part != "..")
        return not path.startswith(store) and not hidden and path.endswith((".md", ".txt", COMPANION, FILE, REVIEWED))

    folders = [path if path.is_dir() else path.parent for path in place.paths]
    due = True
    for changes in watch(
        *folders,
        watch_filter=matters,
        step=_STEP,
        debounce=_LONGEST,
        rust_timeout=_SETTLED,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        if changes or due:
            yield {os.path.relpath(path, os.path.realpath(place.root)).replace(os.sep, "/") for _, path in changes}
        due = bool(changes)
