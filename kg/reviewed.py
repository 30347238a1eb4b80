"""Reading the file of reviewed links, where a garden has one."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from kg.diagnostics import Diagnostic
from kg.errors import KgError
from kg.linking.decisions import Decision, looks
from kg.linking.material import LinkedArticle, claims_of
from kg.linking.sssom import FILE, Reviewed, read


@dataclass(frozen=True, slots=True)
class ReviewedLinks:
    """What people decided about the links of a garden, as its file says it."""

    file: Reviewed = field(default_factory=Reviewed)
    problems: tuple[Diagnostic, ...] = ()
    """The lines that can't be read."""
    hash: str = ""
    """That of the file's bytes; empty where there is none."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions, in the order of their lines."""
        return self.file.decisions

    def diagnostics(self, articles: list[LinkedArticle]) -> list[Diagnostic]:
        """What is wrong with the file, and which of its decisions want another look."""
        texts = {key: claim.text for key, claim in claims_of(articles)}
        return [*self.problems, *looks(self.decisions, texts, FILE)]


def reviewed_links(folder: Path, base: str) -> ReviewedLinks:
    """What ``links.sssom.tsv`` in a garden's folder says; nothing where there is no such file.

    Errors: KgError where it is there and can't be read: without it, rejected links would come back.
    """
    try:
        data = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return ReviewedLinks()
    except OSError as error:
        what = f"{folder / FILE} can't be read: {error.strerror}"
        raise KgError(what, "mend that first: it says which links people rejected") from None
    file, problems = read(data, FILE, base)
    return ReviewedLinks(file, tuple(problems), hashlib.sha256(data).hexdigest())
