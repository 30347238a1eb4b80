"""Bytes → briefs and diagnostics. Pure, but for ``discover``, which walks folders."""

from kg.reading.brief import read_brief

__all__ = ["read_brief"]
