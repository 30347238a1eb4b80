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
| `cited` | a cited work: its IRI, an address of it (a DOI alone too), or its title as an article writes it |
| `topic`, `audience`, `series`, `reviewer` | its name as companions write it, in any case; of a series its slug |
| `state`, `confidence`, `support` | one of the words that the query lists |
| `string` | any text; quotation marks need no escape beyond the shell's |
| `date` | `YYYY-MM-DD` |
| `integer`, `number` | a whole number; a number such as 0.25 |

A query with the parameter `status` is about published articles unless `-p status=all` says otherwise; any other is
about all articles. Where there are more rows than `limit`, a query that ranks by a number or a date gives the first of
them, and any other gives some of them, always the same of the same graph: to sort a large garden by name takes seconds.
Works that source families name (`works`, `works-shared`) are known by their names alone; those that companions cite
(`cited-works`) by their addresses."""


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
