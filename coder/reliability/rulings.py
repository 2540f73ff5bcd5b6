"""What was decided about each difference of two passes, found by what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coder.model.coding import Event, Modifiers
from coder.model.disagreement import Disagreement, Settlement, Verdict
from coder.reliability.disagreements import TURNED_VERDICTS, is_brief, turned

DECIDED = (Verdict.A, Verdict.B, Verdict.EITHER)
"""Verdicts that say what is to be coded."""


def verdicts_of(settlements: Iterable[Settlement], a: str, b: str) -> Mapping[str, Verdict]:
    """Key of a difference of passes `a` and `b` (ids) -> its newest verdict. settlements: in the order made.

    One that names the same passes the other way round is turned.
    """
    found: dict[str, Verdict] = {}
    for one in settlements:
        if (one.pass_a, one.pass_b) == (a, b):
            key, verdict = one.about.key, one.verdict
        elif (one.pass_a, one.pass_b) == (b, a):
            key, verdict = turned(one.about).key, one.verdict and TURNED_VERDICTS.get(one.verdict, one.verdict)
        else:
            continue
        found.pop(key, None)
        if verdict is not None:
            found[key] = verdict
    return found


@dataclass(frozen=True)
class Rulings:
    """Verdicts by place. A ruling is A, B or EITHER, or None for what is left open; what is agreed on is A.

    by_events: (id in A, id in B, detail), of point events, ratings and details. by_span: (tier, start in µs, code
    of A, code of B), of states. open: the differences that are left open. within: the boundaries that lie apart by
    less than the tier's unit and have no verdict; they are A's.
    """

    by_events: Mapping[tuple[str, str, str], Verdict | None]
    by_span: Mapping[tuple[str, int, str | None, str | None], tuple[Verdict | None, Disagreement]]
    open: tuple[Disagreement, ...]
    within: tuple[Disagreement, ...]

    @classmethod
    def of(cls, differences: Iterable[Disagreement], verdicts: Mapping[str, Verdict]) -> "Rulings":
        """differences: all of two passes. verdicts: by their keys."""
        by_events: dict[tuple[str, str, str], Verdict | None] = {}
        by_span: dict[tuple[str, int, str | None, str | None], tuple[Verdict | None, Disagreement]] = {}
        left, within = [], []
        for one in differences:
            verdict = verdicts.get(one.key)
            if verdict is None and is_brief(one):
                verdict = Verdict.A
                within.append(one)
            ruling = verdict if verdict in DECIDED else None
            if ruling is None:
                left.append(one)
            by_events[one.event_a, one.event_b, one.detail] = ruling
            by_span[one.tier, one.span.start_us, one.code_a, one.code_b] = ruling, one
        return cls(by_events, by_span, tuple(left), tuple(within))

    def between(self, a: Event | None, b: Event | None, detail: str = "") -> Verdict | None:
        """The ruling on two events that stand for the same behaviour, or on one of their details."""
        return self.by_events.get((a.id if a else "", b.id if b else "", detail), Verdict.A)

    def details(self, a: Event, b: Event) -> Modifiers:
        """A's details of two events of one code; where they differ, what was ruled, or nothing."""
        of_a, of_b, kept = dict(a.modifiers), dict(b.modifiers), {}
        for detail in of_a.keys() | of_b.keys():
            ruling = self.between(a, b, detail)
            value = None if ruling is None else (of_b if ruling is Verdict.B else of_a).get(detail)
            if value is not None:
                kept[detail] = value
        return tuple(sorted(kept.items()))
