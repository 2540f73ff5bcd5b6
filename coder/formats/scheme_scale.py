"""What a rating tier's scale, and the anchors of its items, must mean together."""

from collections.abc import Collection, Iterator

from coder.formats.scheme_flaw import Flaw, of_kind
from coder.formats.scheme_node import Node
from coder.model.scheme import RATING

MOST_STEPS = 101


def scale_flaws(tier: Node) -> Iterator[Flaw]:
    """A scale where none belongs or none is, ratings outside it, and items whose ratings nothing explains."""
    kind, scale = tier.kind, tier.inner("scale")
    if kind == "rating" and "scale" not in tier.table:
        hint = 'Add e.g. scale = { low = 1, high = 7, anchors = { 1 = "…", 7 = "…" } }.'
        yield Flaw(tier.path, "A rating tier needs a scale.", hint)
    if scale is not None and kind and kind != "rating":
        yield Flaw(
            scale.path, f"{of_kind(kind, 'tier')} has no scale.", "Remove it, or make the tier’s kind “rating”."
        )
    ratings: range | None = None
    if scale is not None:
        ratings = _ratings(scale)
        yield from _step_flaws(scale)
        if ratings is not None:
            yield from _outside(scale, ratings)
    yield from _item_flaws(tier, scale, ratings)


def _ratings(scale: Node) -> range | None:
    """The ratings of a scale; None if it has none that make sense."""
    low, high = scale.number("low"), scale.number("high")
    if low is None or high is None or not 0 < high - low < MOST_STEPS:
        return None
    return range(int(low), int(high) + 1)


def _step_flaws(scale: Node) -> Iterator[Flaw]:
    low, high = scale.number("low"), scale.number("high")
    if low is None or high is None:
        return
    if low >= high:
        yield Flaw(scale.at("high"), "The highest rating of a scale must be above its lowest.", "Raise it.")
    elif high - low >= MOST_STEPS:
        what = f"A scale of more than {MOST_STEPS} steps cannot be rated."
        yield Flaw(scale.at("high"), what, "Use fewer steps.")


def _outside(scale: Node, ratings: range) -> Iterator[Flaw]:
    """Anchors and required reasons for ratings that the scale does not have."""
    yield from _anchor_flaws(scale, ratings)
    reasons = scale.table.get("reasons_for")
    for index, number in enumerate(reasons if isinstance(reasons, list) else ()):
        if isinstance(number, int) and number not in ratings:
            yield Flaw(
                scale.at("reasons_for", index), f"{number} is not a rating of this scale.", _inside(ratings)
            )


def _anchor_flaws(owner: Node, ratings: range) -> Iterator[Flaw]:
    anchors = owner.inner("anchors")
    names: Collection[str] = {str(number) for number in ratings}
    for number in anchors.table if anchors else ():
        if number not in names:
            yield Flaw(owner.at("anchors", number), f"“{number}” is not a rating of this scale.", _inside(ratings))


def _item_flaws(tier: Node, scale: Node | None, ratings: range | None) -> Iterator[Flaw]:
    for item in tier.each("codes"):
        if tier.kind != "rating":
            if tier.kind and "anchors" in item.table:
                what = f"{of_kind(tier.kind, 'code')} has no anchors."
                yield Flaw(item.at("anchors"), what, "Remove them, or make the tier’s kind “rating”.")
            continue
        if ratings is not None:
            yield from _anchor_flaws(item, ratings)
        if scale is not None and "anchors" not in scale.table and "anchors" not in item.table:
            what = "Nothing says what a rating of this item means."
            yield Flaw(item.path, what, 'Add anchors = { 1 = "…", 7 = "…" } to the item or to the scale.')
        for path, name in item.texts("modifiers"):
            if name == RATING:
                what = f"An item that is rated has the modifier “{RATING}” already."
                yield Flaw(path, what, "Remove it, and give the modifier another id.")


def _inside(ratings: range) -> str:
    return f"Ratings are whole numbers from {ratings[0]} to {ratings[-1]}."
