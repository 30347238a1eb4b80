"""The graphs outside the default dataset: where each node is written (urn:kg:build), and the ontology."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from kg import namespaces as ns
from kg import resources
from kg.mapping import terms as t
from kg.reading.discover import is_companion
from kg.record import Record

GRAPHS = (ns.ONTOLOGY_GRAPH, ns.BUILD_GRAPH)


def build_lines(store_folder: Path, base: str) -> list[str]:
    """The file, its hash and the line of every node, as sorted N-Triples without the final dot."""
    record = Record.read(store_folder / "record.db")
    try:
        return sorted(_origins(record, base))
    finally:
        record.close()


def _origins(record: Record, base: str) -> Iterator[str]:
    for path, digest, slug, places in record.places():
        source = t.iri(ns.article(base, slug) + ("#companion" if is_companion(path) else ""))
        yield f"{source} {t.FILE} {t.literal(path)}"
        yield f"{source} {t.SHA256} {t.literal(digest)}"
        for node, line in places.items():
            yield f"{t.iri(node)} {t.LINE} {t.literal(str(line), t.INTEGER)}"


def ontology_lines() -> list[str]:
    """The ontology's triples, sorted."""
    store = Store()
    store.load(resources.ontology(), RdfFormat.TURTLE)
    dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return sorted(line[:-2] for line in dumped.decode().split("\n") if line)


def graph_lines(name: str, store_folder: Path, base: str) -> list[str]:
    """The lines of one of the graphs outside the default dataset."""
    return ontology_lines() if name == ns.ONTOLOGY_GRAPH else build_lines(store_folder, base)


def with_outside_graphs(store: Store, store_folder: Path, base: str) -> tuple[Store, list[NamedNode]]:
    """A copy of a graph in memory that holds the outside graphs too, and the names of its default dataset."""
    copy = Store()
    copy.bulk_load(store.dump(format=RdfFormat.N_QUADS) or b"", RdfFormat.N_QUADS)
    inside = [graph for graph in copy.named_graphs() if isinstance(graph, NamedNode)]
    for name in GRAPHS:
        lines = "".join(f"{line} .\n" for line in graph_lines(name, store_folder, base))
        copy.bulk_load(lines.encode(), RdfFormat.N_TRIPLES, to_graph=NamedNode(name))
    return copy, inside
