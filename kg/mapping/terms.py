"""The terms that kg writes, as N-Triples, and the writing of IRIs and literals.

Source: RDF 1.1 N-Triples §2.4 for the escapes.
"""

import re

from kg.claim_states import STATES
from kg.companion import CLAIM_STATUSES, CONFIDENCES, SUPPORTS
from kg.model import Role
from kg.namespaces import CITO, DCTERMS, KG, OWL, PROV, RDF, SCHEMA, SEMAPV, SKOS, SSSOM, XSD

_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f]')
_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def iri(value: str) -> str:
    """An IRI in angle brackets."""
    return f"<{value}>"


def literal(text: str, datatype: str | None = None) -> str:
    """A literal, with a datatype in angle brackets or none.

    >>> literal('say "a"'), literal("5", INTEGER)
    ('"say \\\\"a\\\\""', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    escaped = _ESCAPED.sub(_escape, text)
    return f'"{escaped}"^^{datatype}' if datatype else f'"{escaped}"'


def _escape(match: re.Match[str]) -> str:
    return _NAMED.get(match[0]) or f"\\u{ord(match[0]):04X}"


A = iri(RDF + "type")
JSON = iri(RDF + "JSON")
INTEGER = iri(XSD + "integer")
BOOLEAN = iri(XSD + "boolean")
DECIMAL = iri(XSD + "decimal")
DATE = iri(XSD + "date")

ARTICLE = iri(SCHEMA + "Article")
BRIEF = iri(KG + "Brief")
CLAIM = iri(KG + "Claim")
THESIS = iri(KG + "Thesis")
AUDIENCE_NOTE = iri(KG + "AudienceNote")
SOURCE_FAMILY = iri(KG + "SourceFamily")
NAMED_WORK = iri(KG + "NamedWork")
CONCEPT = iri(SKOS + "Concept")
RECOMMENDED_QUERY = iri(KG + "RecommendedQuery")
LIMIT = iri(KG + "Limit")
INSTRUCTION = iri(KG + "Instruction")
SECTION = iri(KG + "Section")
LINK = iri(KG + "Link")
IMAGE = iri(SCHEMA + "ImageObject")
COMPANION = iri(KG + "Companion")
SOURCE = iri(KG + "Source")
CREATIVE_WORK = iri(SCHEMA + "CreativeWork")
EVIDENCE = iri(KG + "Evidence")
COUNTEREVIDENCE = iri(KG + "Counterevidence")
VERIFICATION = iri(KG + "Verification")
REVIEW = iri(KG + "Review")
ACCEPTANCE = iri(KG + "Acceptance")
AUDIENCE_GROUP = iri(SCHEMA + "Audience")
SERIES = iri(SCHEMA + "CreativeWorkSeries")
AGENT = iri(PROV + "Agent")

IDENTIFIER = iri(DCTERMS + "identifier")
TITLE = iri(DCTERMS + "title")
LICENSE = iri(DCTERMS + "license")
CONFORMS_TO = iri(DCTERMS + "conformsTo")
TEXT = iri(SCHEMA + "text")
URL = iri(SCHEMA + "url")
IS_PART_OF = iri(SCHEMA + "isPartOf")
IS_BASED_ON = iri(SCHEMA + "isBasedOn")
DATE_MODIFIED = iri(SCHEMA + "dateModified")
WORK_STATUS = iri(SCHEMA + "creativeWorkStatus")
IN_LANGUAGE = iri(SCHEMA + "inLanguage")
CITATION = iri(SCHEMA + "citation")
TOKEN_BUDGET = iri(KG + "tokenBudget")
EXTRA = iri(KG + "extra")
KNOWN_LIMIT = iri(KG + "knownLimit")
MENTIONS = iri(KG + "mentions")
NAMES = iri(KG + "names")
SOURCE_KIND = iri(KG + "sourceKind")
SECTION_ROLE = iri(KG + "sectionRole")
MARKDOWN = iri(KG + "markdown")
MARKDOWN_AFTER = iri(KG + "markdownAfter")
DERIVED_FROM = iri(PROV + "wasDerivedFrom")
PREF_LABEL = iri(SKOS + "prefLabel")
NOTE = iri(SKOS + "note")

NOT_IN_BRIEF = iri(KG + "notInBrief")
BRIEF_TEXT = iri(KG + "briefText")
DATE_PUBLISHED = iri(SCHEMA + "datePublished")
DATE_CREATED = iri(SCHEMA + "dateCreated")
MATURITY = iri(KG + "maturity")
CONTENT_HASH = iri(KG + "contentHash")
DISCLOSURE = iri(KG + "disclosure")
AI_ASSISTANCE = iri(KG + "aiAssistance")
AUDIENCE = iri(SCHEMA + "audience")
AUDIENCE_TYPE = iri(SCHEMA + "audienceType")
HAS_GROUP = iri(KG + "audienceGroup")
ABOUT = iri(SCHEMA + "about")
RELATION = iri(DCTERMS + "relation")
POSITION = iri(SCHEMA + "position")
SERIES_ROLE = iri(KG + "seriesRole")
SERIES_TITLE = iri(KG + "seriesTitle")
AS_LISTED = iri(KG + "asListed")
UNKNOWN_WORD = iri(KG + "unknownWord")
TYPE_AS_WRITTEN = iri(KG + "typeAsWritten")
ACCESSED = iri(KG + "accessed")
WORK = iri(KG + "work")
SAME_AS = iri(SCHEMA + "sameAs")
WEAK = iri(KG + "weakIdentity")
CONFIDENCE = iri(KG + "confidence")
CLAIM_STATUS = iri(KG + "claimStatus")
CLAIM_STATE = iri(KG + "claimState")
HAS_SOURCE = iri(KG + "source")
SNIPPET = iri(KG + "snippet")
SUPPORT = iri(KG + "support")
ASSESSED = iri(KG + "assessed")
LOCATION = iri(KG + "location")
CITING = iri(CITO + "hasCitingEntity")
CITED = iri(CITO + "hasCitedEntity")
CITES_AS_EVIDENCE = iri(CITO + "citesAsEvidence")
DISAGREES_WITH = iri(CITO + "disagreesWith")
VERDICT = iri(KG + "verdict")
DAY = iri(DCTERMS + "date")
ASSOCIATED_WITH = iri(PROV + "wasAssociatedWith")
REVIEWER_AS_WRITTEN = iri(KG + "reviewerAsWritten")
SCOPE = iri(KG + "scope")
RULE = iri(KG + "rule")
NAME = iri(SCHEMA + "name")

FINDING = iri(KG + "Finding")
CODE = iri(KG + "code")
SEVERITY = iri(KG + "severity")
ACCEPTED = iri(KG + "accepted")

CLAIM_LINK = iri(KG + "ClaimLink")
CLAIM_CLUSTER = iri(KG + "ClaimCluster")
SIMILAR_TO = iri(KG + "similarTo")
ANNOTATED_SOURCE = iri(OWL + "annotatedSource")
ANNOTATED_PROPERTY = iri(OWL + "annotatedProperty")
ANNOTATED_TARGET = iri(OWL + "annotatedTarget")
SIMILARITY = iri(SSSOM + "similarity_score")
JUSTIFICATION = iri(SSSOM + "mapping_justification")
LEXICAL = iri(SEMAPV + "LexicalSimilarityThresholdMatching")
REVIEWED = iri(SEMAPV + "ManualMappingCuration")
MODIFIER = iri(SSSOM + "predicate_modifier")
NEGATED = iri(SSSOM + "NegatedPredicate")
REVIEWER = iri(SSSOM + "reviewer_label")
COMMENT = iri(SSSOM + "comment")
SUBJECT_LABEL = iri(SSSOM + "subject_label")
OBJECT_LABEL = iri(SSSOM + "object_label")
BAND = iri(KG + "band")
SHARED_PHRASE = iri(KG + "sharedPhrase")
SHARED_SNIPPET = iri(KG + "sharedSnippet")
SHARED_FIGURE = iri(KG + "sharedFigure")
TENSION = iri(KG + "tension")
MEMBER = iri(SKOS + "member")

FILE = iri(KG + "file")
SHA256 = iri(KG + "sha256")
LINE = iri(KG + "line")

ROLE_CONCEPTS: dict[Role, str] = {role: iri(f"{KG}role-{role}") for role in Role}
"""The concept that says what a section is for."""

CONFIDENCE_CONCEPTS = {word: iri(f"{KG}confidence-{word}") for word in CONFIDENCES}
STATUS_CONCEPTS = {word: iri(f"{KG}status-{word}") for word in CLAIM_STATUSES}
SUPPORT_CONCEPTS = {word: iri(f"{KG}support-{word}") for word in SUPPORTS}
STATE_CONCEPTS = {word: iri(f"{KG}state-{word}") for word in STATES}
"""The concepts of the words that claims and evidence are described with."""
