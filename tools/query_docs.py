"""docs/queries.md from the headers of the named queries.

python tools/query_docs.py
"""

from pathlib import Path

from kg.querying import NamedQuery, Parameter, named_queries

PAGE = Path(__file__).resolve().parent.parent / "docs" / "queries.md"
_INTRODUCTION = """\
# Named queries

`kg queries` lists them, `kg query NAME` asks one of them, and `-p NAME=VALUE` gives a parameter its value. A file of
your own with the same kind of header works as they do: `kg query my.rq`. The examples ask the sample garden.

| type | how a value is written |
| --- | --- |
| `article` | the article's slug, or its IRI |
| `claim` | slug and claim, as `what-humus-was#claim-002` |
| `work`, `kind` | its name as a source family writes it, in any case |
| `string` | any text; quotation marks need no escape beyond the shell's |
| `date` | `YYYY-MM-DD` |
| `integer` | a whole number |"""


def render() -> str:
    """The page: a list of the queries, then each with its question, parameters, example and SPARQL."""
    queries = sorted(named_queries(), key=lambda query: query.name)
    contents = "\n".join(f"- [{query.name}](#{query.name}): {query.title}" for query in queries)
    return "\n\n".join([_INTRODUCTION, contents, *map(_section, queries)]) + "\n"


def _section(query: NamedQuery) -> str:
    parts = [f"## {query.name}", f"{query.title}. {query.question}"]
    if query.parameters:
        parts.append("\n".join(map(_parameter, query.parameters)))
    parts += [f"Example: `{query.example}`", f"```sparql\n{sparql(query.text)}\n```"]
    return "\n\n".join(parts)


def _parameter(parameter: Parameter) -> str:
    default = f", {parameter.default} unless given" if parameter.default is not None else ""
    return f"- `{parameter.name}` ({parameter.type}{default}): {parameter.help}"


def sparql(text: str) -> str:
    """A query without its header.

    >>> sparql("# title: All\\nASK { ?s ?p ?o }\\n")
    'ASK { ?s ?p ?o }'
    """
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if line and not line.startswith("#"))
    return "\n".join(lines[first:]).rstrip()


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
