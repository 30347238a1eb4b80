"""What on disk is kg's own: the folders of its stores, by a mark in them, and RocksDB's files, by their names.

A build deletes what it made and nothing else, so each deletion asks here.
"""

import os
import re
from pathlib import Path

from kg.errors import KgError

MARK = b"claimgraph store\n"
"""What the file ``lock`` in a store's folder says."""
_DATABASE = re.compile(
    r"CURRENT|IDENTITY|LOCK|SEAL|LOG(\.old\.\d+)?|MANIFEST-\d+|OPTIONS-\d+(\.dbtmp)?|\d+\.(sst|log|blob|dbtmp)"
    r"|bulk-\d+\.sst",
    re.ASCII,
)


def is_store(folder: str | Path) -> bool:
    """Whether a folder bears the mark of a store."""
    lock = os.path.join(folder, "lock")
    if os.path.islink(lock) or not os.path.isfile(lock):
        return False
    try:
        with open(lock, "rb") as file:
            return file.read(len(MARK) + 1) == MARK
    except OSError:
        return False


def delete_database(folder: Path) -> None:
    """Delete the folder of a RocksDB database, if it is there.

    Errors: KgError, and nothing is deleted, where it holds what kg did not make, or is a link.
    """
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise foreign(folder.parent, folder.name)
    with os.scandir(folder) as entries:
        found = {entry.name: entry.is_file(follow_symlinks=False) for entry in entries}
    for name, is_file in sorted(found.items()):
        if not is_file or not _DATABASE.fullmatch(name):
            raise foreign(folder, name)
    for name in found:
        (folder / name).unlink()
    folder.rmdir()


def foreign(folder: Path, name: str) -> KgError:
    """A name where a build would have to delete or overwrite it."""
    return KgError(
        f"{folder} holds {name!r}, which kg did not make", "move that elsewhere, or name another folder with --store"
    )
