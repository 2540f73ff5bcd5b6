"""What the evidence of a code must mean: frames to look at, and tests that these frames can answer."""

from collections.abc import Iterator

from coder.formats.scheme_flaw import Flaw, of_kind
from coder.formats.scheme_node import Node
from coder.language import tr

SHORTEST_MS = 100
LONGEST_MS = 10_000

IN_ITS_UNIT = ("rises_by", "falls_by")
CHANGES = ("rises", "falls", *IN_ITS_UNIT)


def evidence_flaws(owner: Node, kind: str) -> Iterator[Flaw]:
    """owner: a code, or a derived measure. kind: that of the code's tier; "" for a derived measure."""
    for evidence in owner.each("evidence"):
        if kind == "rating":
            what = tr("A rating is never checked by what was measured.")
            yield Flaw(evidence.path, what, tr("Remove the evidence."))
            continue
        during = evidence.text("during") or "event"
        yield from _stretch_flaws(evidence, during, kind)
        test = evidence.text("test")
        expect = evidence.number("expect")
        if expect is not None and expect > 1 and test not in IN_ITS_UNIT:
            what = tr("{value} is more than the whole.", value=f"{expect:g}")
            hint = tr("Write a share from 0 to 1. A change in the signal’s own unit is “rises_by” or “falls_by”.")
            yield Flaw(evidence.at("expect"), what, hint)
        if test in CHANGES and during == "event":
            what = tr("“{test}” compares before and after an onset.", test=test)
            yield Flaw(evidence.at("test"), what, tr('Add during = "around" and e.g. around_ms = 700.'))


def _stretch_flaws(evidence: Node, during: str, kind: str) -> Iterator[Flaw]:
    """Frames around an onset need a length, those of an event have their own, and a moment has no frames."""
    around_ms = evidence.number("around_ms")
    if during == "event" and "around_ms" in evidence.table:
        what = tr("Evidence from the event itself has no time around it.")
        yield Flaw(evidence.at("around_ms"), what, tr('Add during = "around", or remove the line.'))
    if during == "event" and kind == "point" and evidence.text("test") not in CHANGES:
        what = tr("{kind} has no length in which something could be measured.", kind=of_kind(kind, "code"))
        yield Flaw(evidence.path, what, tr('Add during = "around" and e.g. around_ms = 700.'))
    if during != "around":
        return
    if "around_ms" not in evidence.table:
        what = tr("Evidence from around an onset needs a length.")
        yield Flaw(evidence.path, what, tr("Add e.g. around_ms = 700."))
    elif around_ms is not None and not SHORTEST_MS <= around_ms <= LONGEST_MS:
        what = tr("{value} ms is no fitting time around an onset.", value=f"{around_ms:g}")
        hint = tr("Write a time from {shortest} to {longest}.", shortest=SHORTEST_MS, longest=LONGEST_MS)
        yield Flaw(evidence.at("around_ms"), what, hint)
