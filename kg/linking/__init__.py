"""Which claims of different articles belong together, how surely, and why.

Pure: plain texts in, plain values out; no store, no files. numpy and scipy are loaded with it (0.3 s), so whoever has
nothing to link should not import it.
"""
