"""A disagreement of two passes in a person’s words: its class, what each coder has, its verdict. Free of Qt."""

from coder.language import later, tr
from coder.model.disagreement import Disagreement, DisagreementKind, Settlement, Verdict
from coder.model.scheme import NOT_RATED, RATING, Code, Modifier, Scheme, Tier
from coder.model.time import SECOND_US, Span

KIND_NAMES = {
    DisagreementKind.MISSED: later("Missed"),
    DisagreementKind.EXTRA: later("Extra"),
    DisagreementKind.CODE: later("Other code"),
    DisagreementKind.EARLY: later("Early"),
    DisagreementKind.LATE: later("Late"),
    DisagreementKind.MODIFIER: later("Detail"),
    DisagreementKind.RATING: later("Rating"),
}
"""What B does, seen from A."""

VERDICT_NAMES = {
    Verdict.EITHER: later("Either acceptable"),
    Verdict.NEITHER: later("Both wrong"),
    Verdict.UNCLEAR: later("Scheme unclear"),
    Verdict.UNKNOWN: later("Cannot tell"),
}

VERDICT_KEYS = {
    Verdict.A: "A",
    Verdict.B: "B",
    Verdict.EITHER: "E",
    Verdict.NEITHER: "W",
    Verdict.UNCLEAR: "S",
    Verdict.UNKNOWN: "C",
}

_GAP = "\N{NARROW NO-BREAK SPACE}"


def length_text(duration_us: int) -> str:
    """`2.40 s`; "" for a moment."""
    return f"{duration_us / SECOND_US:.2f}{_GAP}s" if duration_us else ""


def time_text(at_us: int) -> str:
    """`1:02.40`: minutes, seconds and hundredths (cut, not rounded)."""
    hundredths = at_us * 100 // SECOND_US
    return f"{hundredths // 6000}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def span_text(span: Span) -> str:
    """`1:02.40–1:04.00, 1.60 s`, or the time of a moment."""
    if span.is_moment:
        return time_text(span.start_us)
    return f"{time_text(span.start_us)}–{time_text(span.end_us)}, {length_text(span.duration_us)}"


def kind_text(one: Disagreement, scheme: Scheme) -> str:
    """`Missed`, `Late by 0.40 s`, `Apart by 2`, `Detail: Loudness`: the class with what there is to say of it."""
    if one.kind is DisagreementKind.EARLY:
        return tr("Early by {length}", length=length_text(one.span.duration_us))
    if one.kind is DisagreementKind.LATE:
        return tr("Late by {length}", length=length_text(one.span.duration_us))
    if one.kind is DisagreementKind.RATING and one.apart:
        return tr("Apart by {points}", points=abs(one.apart))
    if one.kind is DisagreementKind.MODIFIER:
        detail = _detail(scheme, one)
        return tr("Detail: {name}", name=detail.label if detail is not None else one.detail)
    return tr(KIND_NAMES[one.kind])


def codes_of(one: Disagreement, scheme: Scheme) -> tuple[tuple[Tier, Code], ...]:
    """The codes in question, A's first; each once."""
    tier = scheme.tier(one.tier)
    return tuple((tier, tier.code(code)) for code in dict.fromkeys((one.code_a, one.code_b)) if code is not None)


def side_text(one: Disagreement, scheme: Scheme, *, of_b: bool) -> str:
    """What a coder has there: the code, the value of the detail in question, or the rating."""
    code, value = (one.code_b, one.value_b) if of_b else (one.code_a, one.value_a)
    if code is None:
        return tr("nothing")
    if one.kind is DisagreementKind.RATING:
        return rating_text(scheme.tier(one.tier), value) if value else tr("not rated")
    if one.kind is DisagreementKind.MODIFIER:
        detail = _detail(scheme, one)
        return values_text(detail, value) if value else tr("nothing")
    return scheme.code(one.tier, code).label


def rating_text(tier: Tier, value: str) -> str:
    """A rating as it is called on its scale."""
    return tier.scale.na if value == NOT_RATED and tier.scale is not None and tier.scale.na else value


def values_text(detail: Modifier | None, value: str) -> str:
    """The labels of the values of a detail; of several with commas between."""
    known = {option.id: option.label for option in detail.options} if detail is not None else {}
    return ", ".join(known.get(part, part) for part in value.split(","))


def item_text(one: Disagreement, scheme: Scheme) -> str:
    """What it is about: the tier, and of a rating or a detail the item or the code."""
    tier = scheme.tier(one.tier)
    about = one.code_a or one.code_b
    if one.kind in (DisagreementKind.RATING, DisagreementKind.MODIFIER) and about is not None:
        return tr("{tier}: {code}", tier=tier.label, code=tier.code(about).label)
    return tier.label


def short_item_text(one: Disagreement, scheme: Scheme) -> str:
    """The same where there is little room: the tier, or the item or code alone."""
    tier, about = scheme.tier(one.tier), one.code_a or one.code_b
    if one.kind in (DisagreementKind.RATING, DisagreementKind.MODIFIER) and about is not None:
        return tier.code(about).label
    return tier.label


def verdict_text(verdict: Verdict, name_a: str, name_b: str) -> str:
    """How it was settled; a coder who was right is named."""
    if verdict is Verdict.A:
        return tr("{coder} is right", coder=name_a)
    if verdict is Verdict.B:
        return tr("{coder} is right", coder=name_b)
    return tr(VERDICT_NAMES[verdict])


def holding(settlement: Settlement | None) -> Verdict | None:
    """The verdict that holds; None if there is none, or it was taken back."""
    return settlement.verdict if settlement is not None else None


def _detail(scheme: Scheme, one: Disagreement) -> Modifier | None:
    code = one.code_a or one.code_b
    if code is None or one.detail == RATING:
        return None
    return next((detail for detail in scheme.code(one.tier, code).modifiers if detail.id == one.detail), None)
