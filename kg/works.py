"""What a source's address says of the work behind it: its identity across articles.

Source ids are local to an article and lie; addresses tell. Sources: RFC 3986 §6.2 for the normal form of an address;
the DOI Handbook §2.4 (names fold their case); arXiv's identifier scheme; ISO 2108 for ISBN and its check digit.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from kg import namespaces as ns

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_IN_PATH = re.compile(r"/doi/(?:(?:abs|full|pdf|epdf|epub|book|reader)/)?(10\.\d{4,9}(?:\.\d+)*/.+)")
_ARXIV = re.compile(
    r"/(?:abs|pdf|html|format|ps)/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?"
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+?)(?:v\d+)?\Z", re.IGNORECASE)
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dXx]")
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|gb?|dc|msc|y|tw)clid|wbraid|gbraid|mc_[ce]id|igshid|_hs\w+|vero_id|mkt_tok|s_cid|_ga",
    re.IGNORECASE,
)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")
_SAFE = "/:@!$&'()*+,;=~"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Work:
    """A work, as its address tells it."""

    name: str
    """Below the garden's ``works/``: ``doi/…``, ``arxiv/…``, ``isbn/…`` or ``url/…``."""
    url: str
    """Where it is, in the one form that all its addresses share."""
    registered: bool = False
    """Whether a DOI, an arXiv id or an ISBN names it; else its address alone does."""
    weak: bool = False
    """Whether the address is but a home page, which tells little."""


@lru_cache(maxsize=4096)
def work_of(address: str) -> Work | None:
    """The work at an address, or None where it is no address of the web, a DOI or an ISBN.

    >>> work_of("https://dx.doi.org/10.1000/ABC"), work_of("http://www.arxiv.org/pdf/2106.09685v2.pdf").name
    (Work(name='doi/10.1000%2Fabc', url='https://doi.org/10.1000/abc', registered=True, weak=False), 'arxiv/2106.09685')
    >>> work_of("HTTP://WWW.Example.com:80/a%7eb/?utm_source=x&id=3#top").url
    'https://example.com/a~b?id=3'
    """
    address = address.strip()
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "doi" and _DOI.fullmatch(rest):
        return _doi(rest)
    if scheme.lower() in ("isbn", "urn") and (isbn := _isbn(rest.lower().removeprefix("isbn:"))):
        return isbn
    canonical = canonical_url(address)
    return _registered(canonical) or _web(canonical) if canonical else None


def named_work(name: str) -> Work:
    """The work of a name below ``works/``: the inverse of `work_of`.

    >>> named_work("arxiv/2106.09685").url
    'https://arxiv.org/abs/2106.09685'
    """
    scheme, _, rest = name.partition("/")
    return {"doi": _doi, "arxiv": _arxiv, "isbn": _isbn_work, "url": _web}[scheme](unquote(rest))


def canonical_url(address: str) -> str | None:
    """The form that all spellings of a web address share, or None where it is none.

    https; the host in lower case without ``www.``; no fragment, tracking parameter, default port or final slash;
    percent-escapes only where they are needed.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or any(c.isspace() for c in host):
        return None
    place = _ascii(host) + (f":{port}" if port and port != _PORTS[scheme] else "")
    return urlunsplit(("https", place, _escapes(parts.path).rstrip("/"), _query(parts.query), ""))


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return quote(host)


def _query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0])]
    return _escapes("&".join(kept))


def _escapes(text: str) -> str:
    """Percent-escapes in capitals, and only where the character needs one. Source: RFC 3986 §6.2.2."""

    def escape(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.fullmatch(char) else match[0].upper()

    return quote(_ESCAPE.sub(escape, text), safe="%?" + _SAFE, errors="surrogatepass")


def _registered(url: str) -> Work | None:
    """The DOI, arXiv id or ISBN that an address holds."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.netloc in ("doi.org", "dx.doi.org"):
        return _doi(path[1:]) if _DOI.fullmatch(path[1:]) else None
    if re.fullmatch(r"(?:[a-z]+\.)?arxiv\.org", parts.netloc) and (match := _ARXIV.fullmatch(path)):
        return _arxiv(match[1])
    if match := _DOI_IN_PATH.search(path):
        return _doi(match[1].removesuffix(".pdf"))
    return next((work for part in path.split("/") if (work := _isbn(part))), None)


def _doi(name: str) -> Work:
    if match := _ARXIV_DOI.fullmatch(name):
        return _arxiv(match[1])
    name = name.lower()
    return Work(f"doi/{ns.segment(name)}", "https://doi.org/" + quote(name, safe=_SAFE), True)


def _arxiv(name: str) -> Work:
    return Work(f"arxiv/{ns.segment(name)}", f"https://arxiv.org/abs/{name}", True)


def _isbn(text: str) -> Work | None:
    """The work of an ISBN with a right check digit; the ten-digit form as its thirteen."""
    digits = text.replace("-", "").upper()
    if not _ISBN.fullmatch(digits):
        return None
    if len(digits) == 10:
        if sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits)) % 11:
            return None
        digits = "978" + digits[:9]
        digits += str(-_weighted(digits) % 10)
    return None if "X" in digits or _weighted(digits) % 10 else _isbn_work(digits)


def _isbn_work(digits: str) -> Work:
    return Work(f"isbn/{digits}", f"urn:isbn:{digits}", True)


def _weighted(digits: str) -> int:
    return sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(digits))


def _web(url: str) -> Work:
    parts = urlsplit(url)
    return Work(f"url/{ns.segment(url)}", url, weak=not parts.path and not parts.query)
