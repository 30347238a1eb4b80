"""Text to stems: the units that are counted."""

import re
import unicodedata

from Stemmer import Stemmer

_MARKS = "".join(chr(code) for code in range(0x300, 0x1D00) if unicodedata.category(chr(code)).startswith("M"))
"""Vowel signs and accents: letters of a word in most scripts, but not for ``\\w``."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Scripts that don't put spaces between words: each of their letters counts as a word."""
_WORD = re.compile(rf"[{_UNSPACED}][{_MARKS}]*|(?:(?![{_UNSPACED}])[^\W_][{_MARKS}]*)+")
_HEADING = re.compile(r"^#{1,6}\s|<h[1-6]\b", re.MULTILINE)
_TARGET = re.compile(r"\]\([^)\s]*\)")
_TAG = re.compile(r"<[^<>]+>")


class Stems(dict[str, str]):
    """Cuts text into lower-case stems, remembering each word's; ``language`` is one that Snowball knows."""

    def __init__(self, language: str = "english") -> None:
        super().__init__()
        self.language = language
        self._stem = Stemmer(language).stemWord

    def __missing__(self, word: str) -> str:
        stem = self[word] = str(self._stem(word))
        return stem

    def __call__(self, text: str) -> list[str]:
        """The stems of a text in order.

        >>> Stems()("The models' feed-back: learning, learned.")
        ['the', 'model', 'feed', 'back', 'learn', 'learn']
        """
        return list(map(self.__getitem__, words(text)))


def words(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> words("C'est déjà l'été: 2.5 million")
    ['c', 'est', 'déjà', 'l', 'été', '2', '5', 'million']
    >>> words("ध्यान")
    ['ध्यान']
    >>> words("注意力")
    ['注', '意', '力']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def sections(markdown: str) -> list[str]:
    """Markdown cut at its headings, without tags and link targets.

    >>> sections("Before [it](https://a.example).\\n## One\\n<p>Two</p>")
    ['Before [it] .', 'One\\n Two']
    """
    found = (_TAG.sub(" ", part) for part in _HEADING.split(_TARGET.sub("] ", markdown)))
    return [part.strip() for part in found if part.strip()]
