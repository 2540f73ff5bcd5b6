"""What the intervals of an interval tier, and the segments of a rating tier, must be."""

from collections.abc import Iterator

from coder.formats.scheme_flaw import Flaw, of_kind
from coder.formats.scheme_node import Node
from coder.language import later, tr

SHORTEST_MS = 500

_SAMPLED = later("Write “partial” (seen in some of it), “whole” (in all of it) or “momentary” (at its end).")


def sampling_flaws(tier: Node) -> Iterator[Flaw]:
    """Lengths and ways of sampling where none belong or none are, and intervals too short to be judged."""
    kind, every_ms = tier.kind, tier.number("every_ms")
    if kind == "interval" and "every_ms" not in tier.table:
        yield Flaw(
            tier.path, tr("An interval tier needs the length of its intervals."), tr("Add e.g. every_ms = 10000.")
        )
    if kind == "interval" and "sampling" not in tier.table:
        yield Flaw(
            tier.path,
            tr("An interval tier must say how it samples."),
            tr("Add sampling. {sampled}", sampled=tr(_SAMPLED)),
        )
    if kind in ("state", "point") and "every_ms" in tier.table:
        what = tr("{kind} has no intervals.", kind=of_kind(kind, "tier"))
        yield Flaw(tier.at("every_ms"), what, tr("Remove the line, or make the tier’s kind “interval”."))
    if kind and kind != "interval" and "sampling" in tier.table:
        what = tr("{kind} does not sample.", kind=of_kind(kind, "tier"))
        yield Flaw(tier.at("sampling"), what, tr("Remove the line, or make the tier’s kind “interval”."))
    if every_ms is None or kind not in ("interval", "rating"):
        return
    if every_ms == 0 and kind == "interval":
        yield Flaw(tier.at("every_ms"), tr("An interval must have a length."), tr("Write e.g. every_ms = 10000."))
    elif 0 < every_ms < SHORTEST_MS:
        what = tr("Stretches of less than {shortest_ms} ms cannot be judged one by one.", shortest_ms=SHORTEST_MS)
        yield Flaw(tier.at("every_ms"), what, tr("Make them longer, or code states."))
