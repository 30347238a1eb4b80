"""One companion → the triples of its article's graph: what claims rest on, and where the article belongs."""

from kg import namespaces as ns
from kg.claim_states import claim_state
from kg.companion import Companion, CompanionClaim, Counterevidence, Evidence, SourceRecord, Verification
from kg.mapping import terms as t
from kg.mapping.article_graph import ArticleGraph
from kg.model import Brief, Json
from kg.reading.claim_ids import claims_named
from kg.works import work_of


class CompanionMapper:
    """Writes what a companion says beyond its brief."""

    def __init__(self, graph: ArticleGraph, companion: Companion, brief: Brief) -> None:
        self.graph = graph
        self.source = companion
        self.brief = brief
        self.works: dict[str, str] = {}
        """Source id → the node of its work."""
        self.records = {source.id for source in companion.sources}

    def write(self) -> None:
        """All of it."""
        self._article()
        for source in self.source.sources:
            self._record(source)
        if self.source.thesis and self.brief.thesis is None:
            node = self.graph.new_of_companion("thesis", t.THESIS, self.source.location.line)
            self.graph.say(node, t.IS_PART_OF, self.graph.node)
            self.graph.text(node, t.TEXT, self.source.thesis)
            self._not_in_brief(node)
        for claim in self.source.claims:
            self._claim(claim)
        self._instructions()
        self._reviews()
        self._accepted()

    def _article(self) -> None:
        source, graph = self.source, self.graph
        graph.day(graph.node, t.DATE_PUBLISHED, source.published)
        graph.day(graph.node, t.DATE_CREATED, source.created)
        graph.text(graph.node, t.MATURITY, source.maturity)
        graph.text(graph.node, t.CONTENT_HASH, source.content_hash)
        graph.text(graph.node, t.DISCLOSURE, source.disclosure)
        if source.ai_assistance is not None:
            graph.say(graph.node, t.AI_ASSISTANCE, t.literal(str(source.ai_assistance).lower(), t.BOOLEAN))
        for audience in source.audiences:
            graph.share(graph.node, t.AUDIENCE, "audiences", t.AUDIENCE_GROUP, audience)
        for topic in source.topics:
            graph.share(graph.node, t.ABOUT, "topics", t.CONCEPT, topic)
        self._series()
        for related in source.related:
            if related.type == "article":
                graph.say(graph.node, t.RELATION, t.iri(ns.article(graph.garden.base, related.name)))
            else:
                graph.share(graph.node, t.RELATION, "topics", t.CONCEPT, related.name)
        node = graph.new_of_companion("companion", t.COMPANION, 1)
        graph.say(node, t.IS_BASED_ON, graph.node)
        graph.json(node, t.AS_LISTED, source.as_listed)
        graph.json(node, t.EXTRA, self._left())

    def _left(self) -> dict[str, Json]:
        """What has no term of its own; what the graph can't tell of the series is among it."""
        series = self.source.series.extra if self.source.series else {}
        return {**self.source.extra, **({"series": series} if series else {})}

    def _series(self) -> None:
        if (series := self.source.series) is None:
            return
        name = f"series/{ns.fold(series.slug)}"
        self.graph.share_iri(self.graph.node, t.IS_PART_OF, name, t.SERIES, series.title or series.slug)
        self.graph.number(self.graph.node, t.POSITION, series.order)
        self.graph.text(self.graph.node, t.SERIES_ROLE, series.role)
        self.graph.text(self.graph.node, t.SERIES_TITLE, series.title)

    def _record(self, source: SourceRecord) -> None:
        graph = self.graph
        node = graph.new_of_companion(f"record-{ns.segment(source.id)}", t.SOURCE, source.location.line)
        graph.say(node, t.IS_PART_OF, graph.node)
        graph.text(node, t.IDENTIFIER, source.id)
        graph.text(node, t.TITLE, source.title)
        graph.text(node, t.URL, source.url)
        graph.text(node, t.TYPE_AS_WRITTEN, source.type)
        graph.day(node, t.ACCESSED, source.accessed)
        graph.json(node, t.EXTRA, source.extra)
        if source.url:
            self._work(node, source, source.url)

    def _work(self, node: str, source: SourceRecord, url: str) -> None:
        """Point a record to its work; an address of the garden is that article itself."""
        if article := self.graph.cite(url):
            self.graph.say(node, t.WORK, t.iri(article))
            self.works[source.id] = t.iri(article)
        elif work := work_of(url):
            self.graph.share_iri(node, t.WORK, f"works/{work.name}", t.CREATIVE_WORK, source.title or work.url)
            self.works[source.id] = t.iri(f"{self.graph.garden.base}works/{work.name}")

    def _claim(self, claim: CompanionClaim) -> None:
        graph, name = self.graph, claim.id
        node = graph.iri(name)
        if all(claim.number != own.number for own in self.brief.claims):
            graph.new_of_companion(name, t.CLAIM, claim.location.line)
            graph.say(node, t.IS_PART_OF, graph.node)
            graph.text(node, t.IDENTIFIER, name)
            graph.text(node, t.TEXT, claim.text)
            self._not_in_brief(node)
            self._mentions(node, claim)
        if claim.confidence:
            self._concept(node, t.CONFIDENCE, t.CONFIDENCE_CONCEPTS, "confidence", claim.confidence)
        if claim.status:
            self._concept(node, t.CLAIM_STATUS, t.STATUS_CONCEPTS, "status", claim.status)
        graph.say(node, t.CLAIM_STATE, t.STATE_CONCEPTS[claim_state(claim, self.source)])
        for number, evidence in enumerate(claim.evidence, 1):
            self._evidence(node, f"{name}-evidence-{number:02d}", evidence)
        for number, counter in enumerate(claim.counterevidence, 1):
            self._counterevidence(node, f"{name}-counter-{number:02d}", counter)
        if claim.verification:
            self._verification(node, f"{name}-verification", claim.verification)
        graph.json(node, t.EXTRA, claim.extra)

    def _not_in_brief(self, node: str) -> None:
        self.graph.say(node, t.NOT_IN_BRIEF, t.literal("true", t.BOOLEAN))

    def _concept(self, node: str, predicate: str, concepts: dict[str, str], key: str, word: str) -> None:
        """Point to the concept of a known word; another word is kept as it was written."""
        if concept := concepts.get(word):
            self.graph.say(node, predicate, concept)
        else:
            self.graph.json(node, t.UNKNOWN_WORD, {key: word})

    def _mentions(self, node: str, claim: CompanionClaim) -> None:
        known = {own.number for own in self.brief.claims} | {told.number for told in self.source.claims}
        for number in claims_named(claim.text):
            if number in known and number != claim.number:
                self.graph.say(node, t.MENTIONS, self.graph.iri(f"claim-{number:03d}"))

    def _evidence(self, claim: str, name: str, evidence: Evidence) -> None:
        graph = self.graph
        node = graph.new_of_companion(name, t.EVIDENCE, evidence.location.line)
        graph.say(node, t.CITING, claim)
        self._cited(node, evidence.source, evidence.extra)
        if (work := self.works.get(evidence.source or "")) is not None:
            graph.say(node, t.CITED, work)
            graph.say(claim, t.CITES_AS_EVIDENCE, work)
        graph.text(node, t.SNIPPET, evidence.snippet)
        if evidence.support:
            self._concept(node, t.SUPPORT, t.SUPPORT_CONCEPTS, "supports", evidence.support)
        graph.day(node, t.ASSESSED, evidence.assessed)
        graph.text(node, t.LOCATION, evidence.place)
        graph.text(node, t.NOTE, evidence.note)

    def _counterevidence(self, claim: str, name: str, counter: Counterevidence) -> None:
        graph = self.graph
        node = graph.new_of_companion(name, t.COUNTEREVIDENCE, counter.location.line)
        graph.say(node, t.ABOUT, claim)
        graph.text(node, t.TEXT, counter.summary)
        self._cited(node, counter.source, counter.extra)
        if (work := self.works.get(counter.source or "")) is not None:
            graph.say(node, t.CITING, claim)
            graph.say(node, t.CITED, work)
            graph.say(claim, t.DISAGREES_WITH, work)
        graph.text(node, t.SNIPPET, counter.snippet)
        graph.day(node, t.ASSESSED, counter.assessed)
        graph.text(node, t.NOTE, counter.note)

    def _cited(self, node: str, source: str | None, extra: dict[str, Json]) -> None:
        """The record that a citation names, and what else is written there; a name that no record has is kept."""
        if source in self.records:
            self.graph.say(node, t.HAS_SOURCE, self.graph.iri(f"record-{ns.segment(source or '')}"))
        elif source:
            extra = {**extra, "sourceId": source}
        self.graph.json(node, t.EXTRA, extra)

    def _verification(self, claim: str, name: str, verification: Verification) -> None:
        node = self.graph.new_of_companion(name, t.VERIFICATION, verification.location.line)
        self.graph.say(node, t.ABOUT, claim)
        self.graph.text(node, t.VERDICT, verification.status)
        self.graph.day(node, t.DAY, verification.reviewed)
        self._reviewer(node, verification.reviewer)
        self.graph.text(node, t.NOTE, verification.note)
        self.graph.json(node, t.EXTRA, verification.extra)

    def _reviewer(self, node: str, name: str | None) -> None:
        if name:
            self.graph.share(node, t.ASSOCIATED_WITH, "agents", t.AGENT, name)
            if not ns.is_folded(name):
                self.graph.text(node, t.REVIEWER_AS_WRITTEN, name)

    def _instructions(self) -> None:
        for number, text in enumerate(self.source.instructions, 1):
            line = self.source.location.line
            node = self.graph.new_of_companion(f"agent-instruction-{number:03d}", t.INSTRUCTION, line)
            self.graph.say(node, t.IS_PART_OF, self.graph.node)
            self.graph.text(node, t.TEXT, text)

    def _reviews(self) -> None:
        for number, review in enumerate(self.source.reviews, 1):
            node = self.graph.new_of_companion(f"review-{number:02d}", t.REVIEW, review.location.line)
            self.graph.say(node, t.ABOUT, self.graph.node)
            self.graph.text(node, t.VERDICT, review.status)
            self.graph.day(node, t.DAY, review.reviewed)
            self._reviewer(node, review.reviewer)
            self.graph.text(node, t.NOTE, review.note)
            for word in review.scope:
                self.graph.text(node, t.SCOPE, word)
            if list(review.scope) != sorted(set(review.scope)):
                self.graph.json(node, t.AS_LISTED, {"scope": list(review.scope)})
            self.graph.text(node, t.CONTENT_HASH, review.content_hash)
            self.graph.json(node, t.EXTRA, review.extra)

    def _accepted(self) -> None:
        for number, accepted in enumerate(self.source.accepted, 1):
            node = self.graph.new_of_companion(f"accepted-{number:02d}", t.ACCEPTANCE, accepted.location.line)
            self.graph.say(node, t.IS_PART_OF, self.graph.node)
            self.graph.text(node, t.RULE, accepted.rule)
            self.graph.text(node, t.SCOPE, accepted.scope)
            self.graph.text(node, t.TEXT, accepted.reason)
            self.graph.day(node, t.DAY, accepted.documented)
            self.graph.json(node, t.EXTRA, accepted.extra)
