"""What a scheme says in numbers and switches, in whole sentences: the words of the codebook.

Unlike the reliability report the codebook speaks the reader's language: it is read beside the film.
"""

from collections.abc import Iterator

from coder.language import ENGLISH, later, plural, spoken, tr
from coder.model.scheme import RATING, Code, Link, Modifier, Sampling, Stream, Target, Tier, TierKind
from coder.model.statistic import BIAS
from coder.model.time import SECOND_US

STREAMS = {
    Stream.CHILD: later("Child"),
    Stream.PARENT: later("Parent"),
    Stream.DYAD: later("Both together"),
    Stream.SESSION: later("Session"),
}
_SAMPLING = {
    Sampling.PARTIAL: later("A code is given to an interval if it was seen in some of it."),
    Sampling.WHOLE: later("A code is given to an interval if it held through all of it."),
    Sampling.MOMENTARY: later("A code is given to an interval if it holds at its very end."),
}
_STATISTICS = {
    "time-unit kappa": later("Kappa over units of time"),
    "event kappa": later("Kappa over events"),
    "estimated accuracy": later("Estimated accuracy of the coders"),
    "% agreement": later("Share of agreement"),
    "specific agreement": later("Specific agreement"),
    "PABAK": later("Kappa as if all codes were equally frequent (PABAK)"),
    "AC1": later("Gwet’s AC1"),
    "alpha": later("Krippendorff’s alpha"),
    "F1": later("F1 (moments found by both coders)"),
    "sensitivity": later("Sensitivity (share of A’s moments that B found)"),
    "precision": later("Precision (share of B’s moments that A has)"),
    "timing bias": later("Timing bias (how much later one coder marks than the other)"),
    "ICC(A,1)": later("Intraclass correlation, ICC(A,1)"),
    "weighted kappa": later("Weighted kappa"),
    "AC2": later("Gwet’s AC2"),
    "% exact": later("Share of equal ratings"),
    "% within one": later("Share of ratings no more than one apart"),
    "kappa": later("Kappa"),
}


def number(value: float) -> str:
    """`0.85`, and with the comma of other languages `0,85`."""
    text = f"{value:g}"
    return text if spoken() == ENGLISH else text.replace(".", ",")


def length(span_us: int) -> str:
    """`300 ms`, `2.5 s`, `5 min`; the numbers of the scheme, never rounded."""
    if span_us < SECOND_US:
        return tr("{number} ms", number=number(span_us / 1000))
    if span_us % (60 * SECOND_US) == 0:
        return tr("{number} min", number=span_us // (60 * SECOND_US))
    return tr("{number} s", number=number(span_us / SECOND_US))


def share(value: float) -> str:
    """`40 %`."""
    return tr("{number} %", number=number(round(value * 100, 2)))


def kind(tier: Tier) -> str:
    """How a tier is coded, in a few words: `One code at a time, without gaps`."""
    if tier.kind is TierKind.POINT:
        return tr("Moments: each begins and has no length")
    if tier.kind is TierKind.RATING and tier.scale is not None:
        return tr("Rated from {low} to {high}", low=tier.scale.low, high=tier.scale.high)
    if tier.kind is TierKind.INTERVAL:
        return _interval(tier)
    if tier.exhaustive:
        return tr("One code at a time, without gaps")
    return tr("At most one code at a time") if tier.exclusive else tr("States that may overlap")


def _interval(tier: Tier) -> str:
    every = length(tier.every_us)
    if tier.exhaustive:
        return tr("One code for every {length}", length=every)
    return (
        tr("At most one code for every {length}", length=every)
        if tier.exclusive
        else tr("Any codes for every {length}", length=every)
    )


def procedure(tier: Tier) -> Iterator[str]:
    """What to know of how a tier is coded, apart from its own rule."""
    if tier.default is not None:
        code = tier.code(tier.default).label
        yield tr("What is left open counts as “{code}”.", code=code)
    elif tier.exhaustive:
        yield tr("No code fills the gaps: close them before you submit.")
    if tier.sampling is not None:
        yield tr(_SAMPLING[tier.sampling])
    if tier.kind is TierKind.RATING:
        yield from _rating(tier)


def _rating(tier: Tier) -> Iterator[str]:
    if tier.every_us:
        yield tr("Every segment of {length} is rated.", length=length(tier.every_us))
        if tier.shortest_us:
            yield tr(
                "A rest at the end that is shorter than {length} belongs to the segment before it.",
                length=length(tier.shortest_us),
            )
    else:
        yield tr("The whole coded window is rated at once.")
    if tier.viewings:
        yield plural(
            "Watch a segment {count} time before you rate it.",
            "Watch a segment {count} times before you rate it.",
            tier.viewings,
        )
    if tier.scale is not None and tier.scale.reasons_for:
        ratings = ", ".join(map(str, tier.scale.reasons_for))
        yield tr("Give a reason for every rating of {ratings}.", ratings=ratings)
    if tier.scale is not None and tier.scale.na:
        yield tr("An item that cannot be rated is “{na}”.", na=tier.scale.na)


def target(one: Target) -> str:
    """`Kappa over units of time, units of 500 ms: 0.7 or more. Below 0.6 something must be done.`"""
    name = tr(_STATISTICS[one.statistic]) if one.statistic in _STATISTICS else one.statistic
    aim = number(one.target)
    if one.statistic == BIAS:
        text = tr("{statistic}: {target} s or less.", statistic=name, target=aim)
    elif one.unit_us:
        text = tr(
            "{statistic}, units of {length}: {target} or more.",
            statistic=name,
            length=length(one.unit_us),
            target=aim,
        )
    elif one.tolerance_us:
        text = tr(
            "{statistic}, up to {length} apart: {target} or more.",
            statistic=name,
            length=length(one.tolerance_us),
            target=aim,
        )
    else:
        text = tr("{statistic}: {target} or more.", statistic=name, target=aim)
    if one.floor is not None and one.statistic == BIAS:
        text += " " + tr("Above {floor} s something must be done.", floor=number(one.floor))
    elif one.floor is not None:
        text += " " + tr("Below {floor} something must be done.", floor=number(one.floor))
    if one.min_events:
        text += " " + plural(
            "With fewer than {count} event nothing is said.",
            "With fewer than {count} events nothing is said.",
            one.min_events,
        )
    return text


def facts(code: Code, tier: Tier, link: Link | None) -> Iterator[str]:
    """The lengths and windows of a code, and what it asks for."""
    if code.min_us:
        yield tr("Lasts {length} or longer; a shorter one is pointed out.", length=length(code.min_us))
    if code.absorb_us:
        yield tr(
            "An interruption shorter than {length}, after which it goes on, does not end it.",
            length=length(code.absorb_us),
        )
    if link is not None:
        window = length(link.window_of(code))
        yield tr("An answer may begin up to {length} later.", length=window)
    if code.uncodable:
        yield tr("Time under this code is missing data.")
    if tier.default == code.id:
        yield tr("Fills what is left open.")
    for modifier in code.modifiers:
        if modifier.judged or modifier.id == RATING:
            continue
        if modifier.required:
            yield tr("Asks for the detail “{detail}”; it must be given.", detail=modifier.label)
        else:
            yield tr("Can be given the detail “{detail}”.", detail=modifier.label)


def detail(modifier: Modifier) -> str:
    """How a detail is given: one option, any options, a number."""
    if modifier.kind == "number":
        return tr("A whole number from {low} to {high}.", low=modifier.low, high=modifier.high)
    return tr("Any of these, or none.") if modifier.kind == "multi" else tr("One of these.")
