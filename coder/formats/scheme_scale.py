"""What a rating tier's scale, and the anchors of its items, must mean together."""

from collections.abc import Collection, Iterator

from coder.formats.scheme_flaw import Flaw, of_kind
from coder.formats.scheme_node import Node
from coder.language import tr
from coder.model.scheme import RATING

MOST_STEPS = 101


def scale_flaws(tier: Node) -> Iterator[Flaw]:
    """A scale where none belongs or none is, ratings outside it, and items whose ratings nothing explains."""
    kind, scale = tier.kind, tier.inner("scale")
    if kind == "rating" and "scale" not in tier.table:
        hint = tr('Add e.g. scale = { low = 1, high = 7, anchors = { 1 = "…", 7 = "…" } }.')
        yield Flaw(tier.path, tr("A rating tier needs a scale."), hint)
    if scale is not None and kind and kind != "rating":
        yield Flaw(
            scale.path,
            tr("{kind} has no scale.", kind=of_kind(kind, "tier")),
            tr("Remove it, or make the tier’s kind “rating”."),
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
        yield Flaw(
            scale.at("high"), tr("The highest rating of a scale must be above its lowest."), tr("Raise it.")
        )
    elif high - low >= MOST_STEPS:
        what = tr("A scale of more than {most} steps cannot be rated.", most=MOST_STEPS)
        yield Flaw(scale.at("high"), what, tr("Use fewer steps."))


def _outside(scale: Node, ratings: range) -> Iterator[Flaw]:
    """Anchors and required reasons for ratings that the scale does not have."""
    yield from _anchor_flaws(scale, ratings)
    reasons = scale.table.get("reasons_for")
    for index, number in enumerate(reasons if isinstance(reasons, list) else ()):
        if isinstance(number, int) and number not in ratings:
            yield Flaw(
                scale.at("reasons_for", index),
                tr("{number} is not a rating of this scale.", number=number),
                _inside(ratings),
            )


def _anchor_flaws(owner: Node, ratings: range) -> Iterator[Flaw]:
    anchors = owner.inner("anchors")
    names: Collection[str] = {str(number) for number in ratings}
    for number in anchors.table if anchors else ():
        if number not in names:
            yield Flaw(
                owner.at("anchors", number),
                tr("“{number}” is not a rating of this scale.", number=number),
                _inside(ratings),
            )


def _item_flaws(tier: Node, scale: Node | None, ratings: range | None) -> Iterator[Flaw]:
    for item in tier.each("codes"):
        if tier.kind != "rating":
            if tier.kind and "anchors" in item.table:
                what = tr("{kind} has no anchors.", kind=of_kind(tier.kind, "code"))
                yield Flaw(item.at("anchors"), what, tr("Remove them, or make the tier’s kind “rating”."))
            continue
        if ratings is not None:
            yield from _anchor_flaws(item, ratings)
        if scale is not None and "anchors" not in scale.table and "anchors" not in item.table:
            what = tr("Nothing says what a rating of this item means.")
            yield Flaw(item.path, what, tr('Add anchors = { 1 = "…", 7 = "…" } to the item or to the scale.'))
        for path, name in item.texts("modifiers"):
            if name == RATING:
                what = tr("An item that is rated has the modifier “{rating}” already.", rating=RATING)
                yield Flaw(path, what, tr("Remove it, and give the modifier another id."))


def _inside(ratings: range) -> str:
    return tr("Ratings are whole numbers from {low} to {high}.", low=ratings[0], high=ratings[-1])
