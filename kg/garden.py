"""Which files a command is about: PATHS, the kg.toml that governs them, and the store beside it."""

import os
from dataclasses import dataclass
from pathlib import Path

from kg.config import FILE, Config, find_config
from kg.errors import UsageError
from kg.reading.discover import BRIEF, COMPANION

STORE = ".kg"


@dataclass(frozen=True, slots=True)
class Place:
    """A garden on disk."""

    root: Path
    """The folder that paths are relative to."""
    config: Config
    paths: tuple[Path, ...]
    """The files and folders to look at."""
    narrowed: bool
    """Whether `paths` are only a part of the garden."""
    store: Path
    """The folder of the store."""

    def with_companions(self) -> tuple[Path, ...]:
        """The paths, each brief named outright with the companion beside it, and the other way round."""
        files = (path for path in self.paths if path.is_file())
        beside = (path.with_name(BRIEF if path.name == COMPANION else COMPANION) for path in files)
        return tuple(dict.fromkeys((*self.paths, *(path for path in beside if path.is_file()))))


def locate(paths: tuple[str, ...], store: str | None) -> Place:
    """Find the garden that PATHS name: all of it where a kg.toml governs, else just PATHS.

    Errors: UsageError for a path that is not there, or paths under several kg.toml.
    """
    given = tuple(Path(path) for path in paths)
    for path in given:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    configs = {config.folder: config for config in (find_config(path) for path in given or (Path(),))}
    if len(configs) > 1:
        named = sorted(str(folder / FILE) for folder in configs if folder)
        found = ", ".join(named) + (" and none" if None in configs else "")
        raise UsageError(f"the paths belong to different gardens: {found}", "name those of one garden at a time")
    ((folder, config),) = configs.items()
    if folder is None:
        root = _common_folder(given) if given else Path().absolute()
        return Place(root, config, given or (root,), False, _store(store, config, Path()))
    inside = tuple(path for path in given if path.absolute() != folder.absolute())
    narrowed = bool(given) and len(inside) == len(given)
    return Place(folder, config, given if narrowed else (folder,), narrowed, _store(store, config, folder))


def store_folder(store: str | None) -> tuple[Path, Config]:
    """The store that a command without PATHS asks, and the settings beside it."""
    config = find_config(Path())
    return _store(store, config, config.folder or Path()), config


def _store(option: str | None, config: Config, folder: Path) -> Path:
    if option is not None:
        if not option.strip():
            raise UsageError("--store is empty", "name a folder")
        return Path(option)
    return (config.folder or folder) / config.store if config.store else folder / STORE


def _common_folder(paths: tuple[Path, ...]) -> Path:
    folders = [path.absolute() if path.is_dir() else path.absolute().parent for path in paths]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        raise UsageError("the paths have no folder in common") from None
