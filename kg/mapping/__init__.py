"""Briefs → triples. The one place that knows the ontology's terms."""

from kg.mapping.brief import Mapped, map_brief

__all__ = ["Mapped", "map_brief"]
