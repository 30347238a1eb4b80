"""Briefs and their companions → triples. The one place that knows the ontology's terms."""

from kg.mapping.article import map_article
from kg.mapping.article_graph import Garden, Mapped

__all__ = ["Garden", "Mapped", "map_article"]
