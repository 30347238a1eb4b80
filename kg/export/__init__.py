"""The graph as files: one module a kind of target, all from the same sorted triples."""
