"""The findings of a build, judged anew only for plans of which something changed that they follow from.

What a plan's findings and its graph of links follow from is said by marks, hashes of it all. A plan whose
mark is that of the last build has the same findings; only what it gives to totals of plans above it must be
known, since the sums are over all plans, and is kept (`Kept`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from kg.compare import Comparison, Judged, Share, shares, sums_of
from kg.counterparts import Shelf
from kg.files import write_bytes_whole
from kg.graph_links import Links
from kg.link.peers import peers
from kg.marks import mark
from kg.model import Finding, Knowledge
from kg.review import Decision, apply_to_findings

#: document → mark of its verdicts, what it gives to totals
Kept = dict[str, tuple[str, list[Share]]]


class Findings:
    """Findings and marks of every document of one build."""

    def __init__(
        self,
        linked: Knowledge,
        marks: Mapping[str, str],
        decisions: Sequence[Decision] = (),
        kept: Kept | None = None,
        beside: Sequence[tuple[str, str]] | None = None,
    ) -> None:
        """Judge what has to be judged.

        linked: everything but findings. marks: what each document's own records follow from. kept: that of
        an earlier build by the same code. beside: the pairs of peers, where they are known.
        """
        self._marks, self._decisions = marks, _by_lower(decisions)
        shelf = Shelf(
            linked.documents, linked.quantities, linked.concepts, linked.concept_of, linked.alignments
        )
        beside = peers(linked.documents, linked.governs) if beside is None else beside
        self._comparison = Comparison(shelf, linked.governs, beside)
        self._judged: dict[str, list[Judged]] = {}
        self._stubs = {stub.id for stub in linked.stubs}
        self.kept = {doc: self._kept(doc, kept or {}) for doc in marks}
        self._sums = sums_of(chain.from_iterable(given for _, given in self.kept.values()))

    def of(self, doc: str) -> tuple[Finding, ...]:
        """The findings on one document; to be asked for once, since what was judged is then let go."""
        judged = self._judged.pop(doc, None)
        judged = self._comparison.judged(doc) if judged is None else judged
        found = self._comparison.findings(doc, judged, self._sums)
        return apply_to_findings(found, self._decisions.get(doc, ()))

    def document(self, doc: str) -> str:
        """What the graph of a document follows from."""
        return self._marks[doc]

    def links(self, own: Links) -> str:
        """What the graph of a document's links follows from."""
        verdicts, given = self.kept[own.doc]
        sums = [self._sums.get(share.of) for share in given]
        cited = [(each.id, each.resolves_to, each.resolves_to in self._stubs) for each in own.citations]
        return mark((verdicts, sums, cited, own.governs, own.similar))

    def _kept(self, doc: str, kept: Kept) -> tuple[str, list[Share]]:
        now = self._follows_from(doc)
        before, given = kept.get(doc, ("", []))
        if before == now:
            return now, given
        self._judged[doc] = self._comparison.judged(doc)
        return now, shares(self._judged[doc])

    def _follows_from(self, doc: str) -> str:
        """A mark of all that the verdicts on a document follow from, but for sums."""
        comparison, shelf = self._comparison, self._comparison.shelf
        pairs, beside = comparison.uppers(doc), comparison.peers_of(doc)
        others = [*(pair.upper for pair in pairs), *beside]
        metrics = sorted(set().union(*map(shelf.concepts_of, [doc, *others])))
        near = [shelf.links[metric] for metric in metrics if metric in shelf.links]
        known = set(metrics)
        return mark((
            self._marks[doc],
            [self._marks.get(other) for other in others],
            pairs,
            [shelf.concepts[metric] for metric in metrics],
            [link for links in near for other, link in sorted(links.items()) if other in known],
            [decision.id for decision in self._decisions.get(doc, ())],
        ))  # fmt: skip


def _by_lower(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions on findings by the lower document of each, see `kg.review.finding_key`."""
    by_lower: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.subject == "finding":
            lower = decision.key.partition(">")[2]
            by_lower[lower.partition("/")[0]].append(decision)
    return by_lower


def known_peers(linked: Knowledge, path: Path, code: str) -> Sequence[tuple[str, str]]:
    """The pairs of peers, from the file at `path` where nothing changed that they follow from."""
    import msgspec

    names = [
        (
            *(each.doc, each.trusted, each.place, each.level, each.period),
            *(each.issued, each.valid_until, each.title, each.aliases, each.issuer),
        )
        for each in linked.documents
    ]
    now = mark((code, names, [(pair.upper, pair.lower) for pair in linked.governs]))
    try:
        before, known = msgspec.msgpack.decode(path.read_bytes(), type=tuple[str, list[tuple[str, str]]])
    except (OSError, msgspec.MsgspecError):
        before, known = "", []
    if before == now:
        return known
    found = peers(linked.documents, linked.governs)
    write_bytes_whole(path, msgspec.msgpack.encode((now, found)))
    return found


def write_kept(path: Path, code: str, kept: Kept) -> None:
    """Keep what the next build can use; code: what the marks hold under."""
    import msgspec

    write_bytes_whole(path, msgspec.msgpack.encode((code, kept)))


def read_kept(path: Path, code: str) -> Kept:
    """What `write_kept` wrote; nothing where other code did, or nothing is there."""
    import msgspec

    if not path.is_file():
        return {}
    try:
        written, kept = msgspec.msgpack.decode(path.read_bytes(), type=tuple[str, Kept])
    except msgspec.MsgspecError:
        return {}
    return kept if written == code else {}
