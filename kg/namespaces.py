"""Prefixes, CURIE ⇄ IRI, and the minting of every IRI that kg makes.

Source: RFC 3987 §2.2 for what an IRI's path segment can hold.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

KG = "https://w3id.org/claimgraph/ns#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
CITO = "http://purl.org/spar/cito/"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SSSOM = "https://w3id.org/sssom/"
SEMAPV = "https://w3id.org/semapv/vocab/"

PREFIXES: dict[str, str] = {
    "kg": KG,
    "schema": SCHEMA,
    "prov": PROV,
    "dcterms": DCTERMS,
    "skos": SKOS,
    "cito": CITO,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "sssom": SSSOM,
    "semapv": SEMAPV,
}

FORMAT = "https://w3id.org/claimgraph/format/"
ONTOLOGY_GRAPH = "urn:kg:ontology"
BUILD_GRAPH = "urn:kg:build"
DEFAULT_BASE = "https://garden.example/"

_LOCAL_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*\Z")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@]")
_ENCODED_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp"})
_SEGMENT_BYTES = 80
_SEGMENT_HEAD = 60
_FILE_NAME_BYTES = 240


def compress(iri: str, prefixes: dict[str, str] = PREFIXES) -> str | None:
    """Write an IRI as a CURIE, or None where no prefix leaves a plain local name.

    >>> compress("https://schema.org/text")
    'schema:text'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _LOCAL_NAME.match(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None


def expand(curie: str, prefixes: dict[str, str] = PREFIXES) -> str | None:
    """Read a CURIE as an IRI, or None where its prefix is unknown.

    >>> expand("schema:text")
    'https://schema.org/text'
    """
    prefix, colon, local = curie.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else None


def segment(text: str) -> str:
    """Encode text as one path segment: letters of any script stay, all that could end or alter a segment goes.

    NFC first, so that one name has one IRI.

    >>> segment('half "moon" bay'), segment("100%"), segment("..")
    ('half%20%22moon%22%20bay', '100%25', '%2E%2E')
    """
    text = unicodedata.normalize("NFC", text)
    if text in (".", ".."):
        return "%2E" * len(text)
    return _NOT_PLAIN.sub(_encoded, text)


def _encoded(match: re.Match[str]) -> str:
    char = match[0]
    stays = char > "\x7f" and char != "\ufffd" and unicodedata.category(char) not in _ENCODED_CATEGORIES
    return char if stays else _percent(char)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def folded(text: str) -> str:
    """The form in which two labels are one: NFC, case-folded, single spaces, no final full stop.

    >>> folded("Deep  Learning.")
    'deep learning'
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(text.split()).removesuffix(".").rstrip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The path segment of a shared label; over 80 bytes, its first 60 and a hash.

    >>> fold("Deep Learning.")
    'deep%20learning'
    """
    return _shortened(segment(folded(text)), _SEGMENT_BYTES)


def file_name(slug: str) -> str:
    """A slug as the name of a file, its ending aside; over 240 bytes, its first 60 and a hash.

    >>> file_name("tides"), len(file_name("tides" * 50))
    ('tides', 77)
    """
    return _shortened(segment(slug), _FILE_NAME_BYTES)


def _shortened(encoded: str, limit: int) -> str:
    if len(encoded.encode()) <= limit:
        return encoded
    digest = hashlib.sha256(encoded.encode()).hexdigest()[:16]
    head = encoded.encode()[:_SEGMENT_HEAD].decode("utf-8", "ignore")
    return re.sub(r"%[0-9A-F]?\Z", "", head) + "-" + digest


def is_folded(text: str) -> bool:
    """Whether a label can be read back from its IRI: it is its own folded form, and short."""
    return folded(text) == text and fold(text) == segment(text)


def article(base: str, slug: str) -> str:
    """The IRI of an article: the address where it is published."""
    return f"{base}articles/{segment(slug)}/"


def article_graph(base: str, slug: str) -> str:
    """The named graph that holds what an article's brief says."""
    return f"{base}graph/article/{segment(slug)}"


def shared_graph(base: str) -> str:
    """The named graph of the nodes that several articles point to."""
    return f"{base}graph/shared"


def links_graph(base: str) -> str:
    """The named graph of the links that kg finds between claims."""
    return f"{base}graph/links"


def decisions_graph(base: str) -> str:
    """The named graph of what people decided about pairs of claims."""
    return f"{base}graph/decisions"


def findings_graph(base: str) -> str:
    """The named graph of what the checks find."""
    return f"{base}graph/findings"
