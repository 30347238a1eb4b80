"""The script that a user would write without kg: python-frontmatter, markdown-it-py and rdflib, Turtle out.

python tools/plain_script.py FOLDER OUT.ttl
"""

import re
import sys
from pathlib import Path

import frontmatter
from markdown_it import MarkdownIt
from rdflib import RDF, Graph, Literal, Namespace, URIRef

KG = Namespace("https://w3id.org/claimgraph/ns#")
SCHEMA = Namespace("https://schema.org/")
BASE = "https://garden.example/articles/"
KINDS = {"audience": "AudienceNote", "claims": "Claim", "key claims": "Claim", "source families": "SourceFamily"}


def main(folder: str, out: str) -> None:
    """Read every brief, write one Turtle file."""
    graph = Graph()
    markdown = MarkdownIt()
    for path in sorted(Path(folder).glob("*/agent.md")):
        post = frontmatter.load(str(path))
        article = URIRef(f"{BASE}{post['slug']}/")
        graph.add((article, RDF.type, SCHEMA.Article))
        for key, value in post.metadata.items():
            graph.add((article, KG[key], Literal(str(value))))
        _body(graph, article, markdown, post.content)
    graph.serialize(out, format="turtle")


def _body(graph: Graph, article: URIRef, markdown: MarkdownIt, text: str) -> None:
    section, number, heading = "", 0, False
    for token in markdown.parse(text):
        if token.type == "heading_open":
            heading = True
        elif token.type == "inline" and heading:
            section, number, heading = token.content.lower(), 0, False
        elif token.type == "inline":
            number += 1
            name = re.sub(r"\W+", "-", section) or "text"
            node = URIRef(f"{article}#{name}-{number:03d}")
            graph.add((node, RDF.type, KG[KINDS.get(section, "Section")]))
            graph.add((node, SCHEMA.isPartOf, article))
            graph.add((node, SCHEMA.text, Literal(token.content)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
