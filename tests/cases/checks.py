"""The checks of the cases, one function a key of ``checks``: each gives the problems that it finds."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

import networkx

from tests.cases.case import Outcome
from tests.cases.graph import RDF_FORMS, Graph, graphml_texts, read_with_rdflib

Problems = Iterable[str]
Check = Callable[[Outcome, Any], Problems]


def problems(outcome: Outcome) -> list[str]:
    """All that a case's checks find; a key that no function drives is a problem too."""
    found: list[str] = []
    for key, wanted in outcome.case.checks.items():
        if key in CHECKS:
            found += [f"{key}: {problem}" for problem in CHECKS[key](outcome, wanted)]
        else:
            found.append(f"{key}: no such check is known")
    return found


def _exit(outcome: Outcome, wanted: str) -> Problems:
    for run in outcome.runs:
        if wanted not in ("zero", "nonzero") or (run.exit == 0) != (wanted == "zero"):
            yield f"{run} gave {run.exit}, not {wanted}: {run.output}"


def _max_seconds(outcome: Outcome, limit: float) -> Problems:
    return [f"{run} took {run.seconds:.1f} s" for run in outcome.runs if run.seconds > limit]


def _max_mb(outcome: Outcome, limit: float) -> Problems:
    return [f"{run} took {run.megabytes:.0f} MB" for run in outcome.runs if run.megabytes > limit]


def _output_regex(outcome: Outcome, patterns: list[str]) -> Problems:
    output = "".join(run.output for run in outcome.runs)
    return [f"nothing matches {pattern} in: {output}" for pattern in patterns if not re.search(pattern, output)]


def _output_never(outcome: Outcome, texts: list[str]) -> Problems:
    return [f"{run} shows {text!r}" for run in outcome.runs for text in texts if text in run.output]


def _fields(outcome: Outcome, briefs: Mapping[str, Mapping[str, str]]) -> Problems:
    for name, wanted in briefs.items():
        for graph in _graphs_with(outcome, name):
            found = graph.fields(name)
            for field, text in wanted.items():
                if found.get(field) != [text]:
                    yield f"{name}: {field} is {found.get(field)}, not {text!r}"
        if not _graphs_with(outcome, name):
            yield f"there is no brief {name}"


def _claims(outcome: Outcome, briefs: Mapping[str, Mapping[str, str]]) -> Problems:
    yield from _claims_if_built(outcome, briefs)
    yield from [f"there is no brief {name}" for name in briefs if not _graphs_with(outcome, name)]


def _claims_if_built(outcome: Outcome, briefs: Mapping[str, Mapping[str, str]]) -> Problems:
    for name, wanted in briefs.items():
        for graph in _graphs_with(outcome, name):
            found = graph.claims(name)
            for identifier, text in wanted.items():
                if found.get(identifier) != [text.replace("\t", " ")]:
                    yield f"{name}: {identifier} is {found.get(identifier)}, not {text!r}"


def _graphs_with(outcome: Outcome, brief: str) -> list[Graph]:
    return [graph for graph in outcome.graphs() if graph.brief(brief)]


def _claim_text_repeat(outcome: Outcome, claims: Mapping[str, tuple[str, int]]) -> Problems:
    for identifier, (text, times) in claims.items():
        if [text * times] not in _claim_texts(outcome, identifier):
            yield f"{identifier} is not {times} times {text!r}"


def _claim_text_same_as_file_line(outcome: Outcome, identifiers: list[str]) -> Problems:
    for identifier in identifiers:
        start = f"- `{identifier}`: "
        files = sorted(outcome.case.folder.rglob("agent.md"))
        lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
        written = [[line.removeprefix(start)] for line in lines if line.startswith(start)]
        if not any(texts in written for texts in _claim_texts(outcome, identifier)):
            yield f"{identifier} is as in no line of the case"


def _claim_texts(outcome: Outcome, identifier: str) -> list[list[str]]:
    """The texts of every claim with an identifier."""
    return [
        graph.values(node, "schema:text")
        for graph in outcome.graphs()
        for node in graph.nodes("kg:Claim")
        if graph.values(node, "dcterms:identifier") == [identifier]
    ]


def _emphasis_marks_optional(outcome: Outcome, identifiers: list[str]) -> Problems:
    for name, claims in outcome.case.checks["claims"].items():
        for graph in outcome.graphs():
            found = graph.claims(name)
            for identifier in identifiers:
                if [text.replace("*", "") for text in found.get(identifier, [])] != [claims[identifier]]:
                    yield f"{name}: {identifier} is {found.get(identifier)}"


def _no_literal(outcome: Outcome, texts: list[str]) -> Problems:
    for store, form, literals in _literals(outcome):
        yield from [f"{form} of {store} has the literal {text!r}" for text in texts if text in literals]


def _no_literal_containing(outcome: Outcome, texts: list[str]) -> Problems:
    for store, form, literals in _literals(outcome):
        found = [text for text in texts if any(text in literal for literal in literals)]
        yield from [f"{form} of {store} has a literal with {text!r}" for text in found]
    for store in outcome.stores:
        found = [
            text for text in texts if any(text in data for data in graphml_texts(outcome.export("graphml", store)))
        ]
        yield from [f"graphml of {store} has {text!r}" for text in found]


def _literals(outcome: Outcome) -> Iterable[tuple[str, str, list[str]]]:
    for store in outcome.stores:
        for form in RDF_FORMS:
            literals = Graph.read(outcome.export(form, store), form).literals()
            yield store, form, [literal.value for literal in literals]


def _absent_as_claim_or_source(outcome: Outcome, words: list[str]) -> Problems:
    for graph in outcome.graphs():
        named = [label for kind in ("kg:NamedWork", "skos:Concept") for label in _labels(graph, kind)]
        texts = [*graph.texts("kg:Claim"), *graph.texts("kg:SourceFamily"), *named]
        yield from [f"{word} stands in {text!r}" for word in words for text in texts if word in text]


def _labels(graph: Graph, kind: str) -> list[str]:
    return [label for node in graph.nodes(kind) for label in graph.values(node, "skos:prefLabel")]


def _brief_count_max(outcome: Outcome, limit: int) -> Problems:
    for graph in outcome.graphs():
        for kind in ("kg:Brief", "schema:Article"):
            if len(graph.nodes(kind)) > limit:
                yield f"{kind}: {graph.nodes(kind)}"


def _exports_reparse(outcome: Outcome, forms: list[str]) -> Problems:
    for store in outcome.stores:
        for form in forms:
            data = outcome.export(form, store)
            if form == "graphml":
                yield from _graphml_problems(data)
            else:
                yield from _rdf_problems(data, form, outcome.graph(store))


def _rdf_problems(data: bytes, form: str, graph: Graph) -> Problems:
    wanted = graph.as_set()
    if Graph.read(data, form).as_set() != wanted:
        yield f"Oxigraph reads {form} otherwise than N-Triples"
    found, complaints = read_with_rdflib(data, form)
    if found != wanted:
        yield f"rdflib reads {form} otherwise: {sorted(found ^ wanted)[:4]}"
    yield from [f"rdflib on {form}: {complaint}" for complaint in complaints]


def _graphml_problems(data: bytes) -> Problems:
    try:
        ElementTree.fromstring(data)
        networkx.read_graphml(io.BytesIO(data))
    except (ElementTree.ParseError, networkx.NetworkXError) as error:
        yield f"graphml can't be read: {error}"


def _graphml_well_formed(outcome: Outcome, wanted: bool) -> Problems:
    for store in outcome.stores if wanted else ():
        yield from _graphml_problems(outcome.export("graphml", store))


def _exports_byte_identical(outcome: Outcome, forms: list[str]) -> Problems:
    for form in forms:
        if len({outcome.export(form, store) for store in outcome.stores}) != 1:
            yield f"{form} differs among {', '.join(outcome.stores)}"


def _exports_isomorphic(outcome: Outcome, forms: list[str]) -> Problems:
    """Kg writes no blank nodes, so isomorphic graphs are equal ones."""
    for store in outcome.stores:
        data = {form: outcome.export(form, store) for form in forms}
        readings = {f"{form} by Oxigraph": Graph.read(data[form], form).as_set() for form in forms}
        readings |= {f"{form} by rdflib": read_with_rdflib(data[form], form)[0] for form in forms}
        if len(set(readings.values())) != 1 or not all(readings.values()):
            yield f"{ {name: len(found) for name, found in readings.items()} } are not one graph"


def _no_network(outcome: Outcome, wanted: bool) -> Problems:
    if outcome.sockets is None:
        yield "nobody watched the network"
    yield from outcome.sockets or [] if wanted else []


def _csv_cell_first_char_not(outcome: Outcome, marks: list[str]) -> Problems:
    cells = [cell for table in outcome.tables for row in csv.reader(io.StringIO(table.decode())) for cell in row]
    if not cells:
        yield "there is no table"
    yield from [f"a cell begins with {cell[0]!r}: {cell!r}" for cell in cells if cell.startswith(tuple(marks))]


def _rows(outcome: Outcome, wanted: int) -> Problems:
    if not outcome.rows:
        yield "nothing was asked"
    yield from [f"{question} gave {rows}, not {wanted}" for question, rows in outcome.rows.items() if rows != wanted]


def _store_unchanged(outcome: Outcome, wanted: bool) -> Problems:
    if len(outcome.snapshots) < 2 or (len(set(outcome.snapshots)) == 1) != wanted:
        yield "the export before differs from that after"


CHECKS: dict[str, Check] = {
    "exit": _exit,
    "max_seconds": _max_seconds,
    "max_mb": _max_mb,
    "output_regex": _output_regex,
    "output_never": _output_never,
    "fields": _fields,
    "claims": _claims,
    "claims_if_built": _claims_if_built,
    "claim_text_repeat": _claim_text_repeat,
    "claim_text_same_as_file_line": _claim_text_same_as_file_line,
    "emphasis_marks_optional": _emphasis_marks_optional,
    "no_literal": _no_literal,
    "no_literal_containing": _no_literal_containing,
    "absent_as_claim_or_source": _absent_as_claim_or_source,
    "brief_count_max": _brief_count_max,
    "exports_reparse": _exports_reparse,
    "graphml_well_formed": _graphml_well_formed,
    "exports_byte_identical": _exports_byte_identical,
    "exports_isomorphic": _exports_isomorphic,
    "no_network": _no_network,
    "csv_cell_first_char_not": _csv_cell_first_char_not,
    "rows": _rows,
    "store_unchanged": _store_unchanged,
}
