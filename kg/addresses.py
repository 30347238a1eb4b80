"""Addresses that lead to articles of the garden, however they are spelt."""

from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from kg.works import canonical_url


def slug_of_address(base: str, page: str, address: str) -> str | None:
    """The slug of the article that an address on a page leads to, else None.

    Relative addresses are taken from the page; spellings of one address are one, http and https, with and without
    ``www.``, included. Source: RFC 3986 §5.2 (resolution), §6.2 (normal form).

    >>> slug_of_address("https://g.example/", "https://g.example/articles/moon/", "../tides/#claim-001")
    'tides'
    >>> slug_of_address("https://g.example/", "", "HTTPS://G.example:443/x/../%61rticles/%74ides?from=x")
    'tides'
    """
    path, articles = _path(page, address), _path("", f"{base}articles")
    if path is None or articles is None or not path.startswith(f"{articles}/"):
        return None
    slug = path[len(articles) + 1 :]
    return unquote(slug) if "/" not in slug else None


@lru_cache(maxsize=4096)
def _path(page: str, address: str) -> str | None:
    """Host and path of an address in normal form, or None where it is no web address."""
    try:
        canonical = canonical_url(urljoin(page, address))
    except ValueError:  # brackets that hold no IP address
        return None
    if canonical is None:
        return None
    parts = urlsplit(canonical)
    return parts.netloc + urlsplit(urljoin("https://host/", parts.path)).path.rstrip("/")
