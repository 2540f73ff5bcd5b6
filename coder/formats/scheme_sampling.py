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
    yield from _segment_flaws(tier, kind)
    if every_ms is None or kind not in ("interval", "rating"):
        return
    if every_ms == 0 and kind == "interval":
        yield Flaw(tier.at("every_ms"), tr("An interval must have a length."), tr("Write e.g. every_ms = 10000."))
    elif 0 < every_ms < SHORTEST_MS:
        what = tr("Stretches of less than {shortest_ms} ms cannot be judged one by one.", shortest_ms=SHORTEST_MS)
        yield Flaw(tier.at("every_ms"), what, tr("Make them longer, or code states."))


def _segment_flaws(tier: Node, kind: str) -> Iterator[Flaw]:
    """Viewings and a shortest segment where nothing is rated, or where there are no segments."""
    for field in ("shortest_ms", "viewings"):
        if kind and kind != "rating" and field in tier.table:
            what = tr("{kind} is not rated, so it has no {field}.", kind=of_kind(kind, "tier"), field=field)
            yield Flaw(tier.at(field), what, tr("Remove the line, or make the tier’s kind “rating”."))
    if kind != "rating" or "shortest_ms" not in tier.table:
        return
    every_ms, shortest_ms = tier.number("every_ms"), tier.number("shortest_ms")
    if not every_ms and not isinstance(tier.table.get("every_ms"), str):
        what = tr("Where the whole window is rated at once there is no shortest segment.")
        yield Flaw(tier.at("shortest_ms"), what, tr("Add every_ms, or remove the line."))
    elif every_ms and shortest_ms is not None and shortest_ms > every_ms:
        what = tr("The shortest segment is longer than a whole one.")
        yield Flaw(tier.at("shortest_ms"), what, tr("Write at most {every_ms}.", every_ms=f"{every_ms:g}"))
