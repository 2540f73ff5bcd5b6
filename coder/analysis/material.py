"""What measures are computed from: a pass after the rules of its scheme, and where in it things hold."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from types import MappingProxyType

from coder.analysis.spans import Spans, shared
from coder.model.codable import gaps, uncodable, union
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Code, Scheme, Tier
from coder.model.settling import settled
from coder.model.terms import codes_of, parsed


class Material:
    """A pass after the rules of its scheme: short interruptions are absorbed, gaps hold the default code.

    Only the coded window counts; no span reaches beyond it.
    """

    def __init__(self, coding: CodingPass, scheme: Scheme) -> None:
        self.scheme = scheme
        self.window = coding.window
        rows = {tier.id: settled(coding.row(tier.id), tier, coding.window).row for tier in scheme.tiers}
        self.coding = CodingPass(coding.header, MappingProxyType(rows))
        self._lost: dict[str, Spans] = {}

    def tier(self, code_id: str) -> Tier:
        """The tier of a code; KeyError if there is no such code. Ids of codable codes are unique in a scheme."""
        return self._home[code_id][0]

    def code(self, code_id: str) -> Code:
        """The code of that id; KeyError if there is none."""
        return self._home[code_id][1]

    def label(self, term: str) -> str:
        """`Crying or Fussing`: a term in the words of the scheme."""
        return " or ".join(
            " and ".join(self.scheme.name_of(self.tier(code).id, code) for code in part) for part in parsed(term)
        )

    def holds(self, term: str) -> Spans:
        """Where a term of states holds, in order and without overlap."""
        return union(span for part in parsed(term) for span in self._all(part))

    def codable(self, *terms: str) -> Spans:
        """Where the tiers of all these codes could be coded."""
        tiers = {self.tier(code).id: self.tier(code) for term in terms for code in codes_of(term)}
        return gaps((span for tier in tiers.values() for span in self._uncodable(tier)), self.window)

    def moments(self, term: str, where: Spans) -> tuple[Event, ...]:
        """The events of the codes of a term that begin in `where`, in order of time.

        Those of one time are in the order in which the term names their tiers.
        """
        codes = codes_of(term)
        tiers = dict.fromkeys(self.tier(code).id for code in codes)
        found = [event for tier in tiers for event in self.coding.row(tier) if event.code in codes]
        return tuple(_begun(sorted(found, key=lambda event: event.onset_us), where))

    def _all(self, codes: Iterable[str]) -> Spans:
        held: Spans = (self.window,)
        for code in codes:
            held = shared(held, self._code(code))
        return held

    def _code(self, code_id: str) -> Spans:
        return union(event.span for event in self.coding.row(self.tier(code_id).id) if event.code == code_id)

    def _uncodable(self, tier: Tier) -> Spans:
        if tier.id not in self._lost:
            self._lost[tier.id] = uncodable(self.coding, self.scheme, tier, self.window)
        return self._lost[tier.id]

    @cached_property
    def _home(self) -> dict[str, tuple[Tier, Code]]:
        return {code.id: (tier, code) for tier, code in self.scheme.codes()}


def _begun(events: Iterable[Event], where: Spans) -> Iterator[Event]:
    at = 0
    for event in events:
        while at < len(where) and where[at].end_us <= event.onset_us:
            at += 1
        if at < len(where) and where[at].contains(event.onset_us):
            yield event
