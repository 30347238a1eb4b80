"""A brief's audience notes and the groups of readers that they speak of."""

import re
from functools import lru_cache

from kg import namespaces as ns
from kg.companion import Companion
from kg.mapping import terms as t
from kg.mapping.article_graph import ArticleGraph
from kg.model import Brief


def point_to_groups(graph: ArticleGraph, brief: Brief, companion: Companion | None) -> None:
    """Point each audience note to the known groups whose words it contains, side by side and whole.

    Known are the groups that the companion names for its article, and those of the garden's settings.
    """
    groups = dict.fromkeys((*(companion.audiences if companion else ()), *graph.garden.audiences))
    for number, note in enumerate(brief.audience, 1) if groups else ():
        words = ns.folded(note.text.value)
        for group in groups:
            if _pattern(group).search(words):
                node = graph.iri(f"audience-{number:03d}")
                graph.share(node, t.HAS_GROUP, "audiences", t.AUDIENCE_GROUP, group)


@lru_cache(maxsize=512)
def _pattern(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(ns.folded(group))}(?!\w)")
