"""kg: compile a folder of agent briefs into a knowledge graph."""

__version__ = "0.1.0"
