"""One article → the triples of its graph, and its wordings of the nodes that articles share."""

from kg.companion import Companion
from kg.mapping.article_graph import ArticleGraph, Garden, Mapped
from kg.mapping.audiences import point_to_groups
from kg.mapping.brief import BriefMapper
from kg.mapping.companion import CompanionMapper
from kg.model import Brief


def map_article(brief: Brief, companion: Companion | None, garden: Garden) -> Mapped:
    """Write what a brief and its companion say as triples.

    Shape: every node of the article has an IRI below the article's; nothing is a blank node.
    """
    status = (companion.status if companion else None) or brief.status
    graph = ArticleGraph(brief.slug, status, garden)
    graph.out.file, graph.out.companion_file = brief.path, companion.path if companion else ""
    BriefMapper(graph, brief, companion).write()
    if companion:
        CompanionMapper(graph, companion, brief).write()
    point_to_groups(graph, brief, companion)
    return graph.finish()
