"""The files that ship with kg: ontology, named queries, the sample garden, the diagnostics' pages."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """A folder of shipped files: inside the package when installed, beside it in a checkout.

    >>> (folder("ontology") / "kg.ttl").name
    'kg.ttl'
    """
    installed = _PACKAGE / "data" / name.rsplit("/", 1)[-1]
    return installed if installed.is_dir() else _PACKAGE.parent / name


def ontology() -> bytes:
    """The ontology in Turtle."""
    return (folder("ontology") / "kg.ttl").read_bytes()


def context() -> str:
    """The JSON-LD context."""
    return (folder("ontology") / "context.jsonld").read_text(encoding="utf-8")


def diagnostic_page(code: str) -> str:
    """The page of a diagnostic's code, in Markdown.

    Errors: FileNotFoundError where there is no such code.
    """
    return (folder("docs/diagnostics") / f"{code}.md").read_text(encoding="utf-8")
