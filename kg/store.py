"""The embedded Oxigraph store on disk: one writer's store, and generations that readers open.

A folder holds ``writer/`` (the store that builds change), ``generations/N/`` (snapshots by hard links) and
``current``, a symbolic link to the generation that readers open. The link is switched by one rename, so a reader
sees one whole generation and never waits for a build. Each generation bears a seal, the names and sizes of its files:
RocksDB itself does not see that the end of its list of files is cut off, and would show a part of the graph.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.diagnostics import path_text
from kg.errors import KgError
from kg.namespaces import RDF, SCHEMA
from kg.ownership import MARK, delete_database, foreign, is_store
from kg.record import State

_CHUNK = 50_000
_AHEAD = 3
_OWN = {"writer", "generations", "current", "current.new", "lock", "record.db", "record.db-journal"}
"""What the folder of a store without the mark, as earlier versions made it, may hold."""
_CURRENT = re.compile(r"generations/([1-9][0-9]{0,17})")
_GENERATION = re.compile(r"([0-9]{1,18})(\.tmp)?")
"""A generation, or RocksDB's beginnings of one."""
_SEALED = re.compile(r"CURRENT|MANIFEST-\d+|\d+\.sst", re.ASCII)


class StoreFolder:
    """The folder that holds a graph (``.kg`` by default)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = path / "writer"
        self.generations = path / "generations"
        self.current = path / "current"
        self.held: list[int] = []

    def generation(self) -> int:
        """The number of the published generation, 0 where there is none."""
        try:
            target = os.readlink(self.current)
        except OSError:
            return 0
        match = _CURRENT.fullmatch(target)
        return int(match[1]) if match else 0

    def state(self) -> State | None:
        """What is on disk; None unless a whole generation and a writer's store are there to build upon."""
        number = self.generation()
        try:
            if not number or not (seal := _whole(self.generations / str(number))):
                return None
            manifest = (self.writer / "CURRENT").read_text().strip()
            writer = f"{(self.writer / 'IDENTITY').read_text()} {manifest}"
            return State(f"{number}\n{seal}", writer, (self.writer / manifest).stat().st_size)
        except (OSError, ValueError):
            return None

    def open_published(self) -> Store:
        """The graph as last published, read-only; it stays whole until `close`, whatever builds do meanwhile.

        Errors: KgError where nothing was ever built here, or files are missing.
        """
        while number := self.generation():
            folder = self.generations / str(number)
            if (handle := _hold(folder)) is None:
                if self.generation() == number:  # nothing was published meanwhile: it was changed by hand
                    raise KgError(f"the graph in {self.path} is damaged: files are missing or cut", "run kg build")
                continue  # another generation was published and this one deleted in between
            self.held.append(handle)
            try:
                return Store.read_only(str(folder))
            except (OSError, RuntimeError) as error:
                raise KgError(f"the graph in {self.path} can't be opened: {error}", "run kg build --full") from None
        raise KgError(f"there is no graph in {self.path}", "run kg build first, or name its folder with --store")

    def close(self) -> None:
        """Let go of the generations that were opened; builds may delete them now."""
        while self.held:
            os.close(self.held.pop())

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to build; it ends with this process, however that ends.

        Errors: KgError where another build holds it, or the folder can't be written or is somebody else's.
        """
        if path_text(str(self.path)) != str(self.path):
            raise KgError(f"the store's folder {self.path} has a name that is not UTF-8", "name another with --store")
        with environment(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._refuse_foreign()
            handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise KgError(f"another build is running in {self.path}", "wait for it to end") from None
            with environment(self.path):
                os.pwrite(handle, MARK, 0)
            self._refuse_held()
            yield
        finally:
            os.close(handle)

    def open_writer(self, empty: bool) -> Store:
        """The store that builds change; emptied first if asked.

        Errors: KgError where it is to be emptied and holds what kg did not make; OSError or RuntimeError where the
        disk refuses or files are broken.
        """
        if empty:
            delete_database(self.writer)
            self.writer.mkdir()
        return Store(str(self.writer))

    def _refuse_foreign(self) -> None:
        """A store is begun in an empty folder and marked first of all, so whatever is unmarked is not kg's."""
        found = set(os.listdir(self.path))
        if is_store(self.path):
            return
        lock = self.path / "lock"
        begun = not os.path.lexists(lock) or (not lock.is_symlink() and lock.is_file() and not lock.stat().st_size)
        others = found - (_OWN if self.generation() else {"lock"})
        if others or not begun:
            raise foreign(self.path, min(others, default="lock"))

    def _refuse_held(self) -> None:
        """RocksDB's own lock, a POSIX one: held by a program other than kg that has the store open."""
        try:
            handle = os.open(self.writer / "LOCK", os.O_RDWR)
        except OSError:
            return
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"another process holds the store {self.writer}"
            raise KgError(message, "end that process, then build again") from None
        finally:
            os.close(handle)

    def publish(self, store: Store) -> None:
        """Make a snapshot of the writer's store the generation that readers open.

        Errors: RuntimeError or OSError where a file of it is broken; readers then keep the last generation.
        """
        with environment(self.path):
            self.generations.mkdir(exist_ok=True)
            number = 1 + max([self.generation(), *(n for n, _ in self._numbered())])
            target = self.generations / str(number)
            store.backup(str(target))
            Store.read_only(str(target))  # a file cut by hand may have gone unseen when the writer's store was opened
            _write_durably(target / "SEAL", _listing(target))
            link = self.path / "current.new"
            link.unlink(missing_ok=True)
            link.symlink_to(f"generations/{number}")
            if not self.current.is_symlink() and self.current.is_dir():  # a copy of the store that followed the link
                delete_database(self.current)
            os.replace(link, self.current)
            for other, folder in self._numbered():
                if other != number or folder != target:
                    _delete_unless_held(folder)

    def _numbered(self) -> list[tuple[int, Path]]:
        """The generations on disk, those that a killed build began included."""
        found = ((_GENERATION.fullmatch(folder.name), folder) for folder in self.generations.iterdir())
        return [(int(match[1]), folder) for match, folder in found if match]


def _listing(folder: Path) -> str:
    """The names and sizes of the files that make a database, a line each."""
    with os.scandir(folder) as entries:
        return "".join(sorted(f"{e.name} {e.stat().st_size}\n" for e in entries if _SEALED.fullmatch(e.name)))


def _whole(folder: Path) -> str:
    """The seal of a generation; empty where it is broken."""
    try:
        seal = (folder / "SEAL").read_text()
        return seal if seal == _listing(folder) else ""
    except (OSError, ValueError):
        return ""


def _write_durably(path: Path, text: str) -> None:
    with path.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _hold(folder: Path) -> int | None:
    """A shared lock on a generation; None where it is deleted, about to be, or not whole."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if _whole(folder):
            return handle
    except BlockingIOError:
        pass
    os.close(handle)
    return None


def _delete_unless_held(folder: Path) -> None:
    """Delete an old generation; one that a reader has open is left to a later build, as is one with others' files."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        delete_database(folder)
    except (OSError, KgError):
        pass
    finally:
        os.close(handle)


@contextmanager
def environment(path: Path, help: str = "mend that, or name another folder with --store") -> Iterator[None]:
    """Turn the system's refusals into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise KgError(f"{path} can't be written: {reason}", help) from None


def bulk_load(store: Store, graphs: Iterable[tuple[list[str], str]]) -> None:
    """Load triples in chunks that a second thread loads while the next is made.

    `graphs`: N-Triples lines without the final dot, and what ends each to make it a line of N-Quads.
    """
    with _Loader(store) as loader:
        chunk: list[str] = []
        size = 0
        for lines, end in graphs:
            if lines:
                chunk += [end.join(lines), end]
                size += len(lines)
            if size >= _CHUNK:
                loader.put(chunk)
                chunk, size = [], 0
        loader.put(chunk)
    if loader.loaded > 1:
        store.optimize()


class _Loader:
    """A thread that bulk-loads chunks; its error is raised where the chunks are made."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chunks: Queue[bytes | None] = Queue(_AHEAD)
        self.error: BaseException | None = None
        self.loaded = 0
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def put(self, texts: list[str]) -> None:
        if texts:
            self.chunks.put("".join(texts).encode())
        if self.error:
            raise self.error

    def __enter__(self) -> "_Loader":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Wait for the thread, so that nothing holds the store; what is still to load counts only without error."""
        self.error = self.error or error
        self.chunks.put(None)
        self.thread.join()
        if kind is None and self.error:
            raise self.error

    def _run(self) -> None:
        while (chunk := self.chunks.get()) is not None:
            if self.error is None:
                try:
                    self.store.bulk_load(chunk, RdfFormat.N_QUADS, lenient=True)
                    self.loaded += 1
                except BaseException as error:
                    self.error = error


def graph_lines(store: Store, graph: str) -> list[str]:
    """The triples of one named graph as sorted N-Triples lines without the final dot."""
    dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph)) or b""
    return sorted(line[:-2] for line in dumped.decode().split("\n") if line)


def base_of(store: Store) -> str | None:
    """The base of a graph's IRIs, from the address of one of its articles; None in an empty graph."""
    article = NamedNode(SCHEMA + "Article")
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), article):
        return str(quad.subject)[1:-1].rstrip("/").rpartition("/")[0].removesuffix("articles")
    return None
