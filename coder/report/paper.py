"""The sentences for a paper's method section: complete, and ready to be copied.

Nothing is claimed that the study does not know. What a writer has to fill in stands in square brackets.
"""

from collections.abc import Iterator

from coder.model.agreement import Agreement, Status
from coder.model.scheme import Tier, TierKind
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    BIAS,
    EVENT_KAPPA,
    EXACT,
    F1,
    ICC,
    ICC_ONE_WAY,
    PRECISION,
    SENSITIVITY,
    WITHIN_ONE,
)
from coder.report import apa
from coder.report.data import Sample, SchemePart
from coder.report.statistic_words import Printed
from coder.report.tables import find, headlines

_CHOSEN = "[Say how these sessions were chosen; the study does not record it.]"
_OTHERS = "[Say how the others were chosen; the study does not record it.]"
_BLIND = "[Say whether the coders could see each other’s codes; the study does not record it.]"
_STATISTICS = {
    F1: "F1",
    ICC: "the intraclass correlation of single ratings by the same coders, absolute agreement, ICC(A,1) "
    "(McGraw & Wong, 1996)",
    ICC_ONE_WAY: "the one-way intraclass correlation of single ratings, ICC(1) (Shrout & Fleiss, 1979)",
}


def paper_sentences(part: SchemePart, software: str) -> tuple[str, ...]:
    """The sample, then each tier on its own, then what it was computed with."""
    tiers = (sentence for tier in part.scheme.tiers for sentence in tier_sentences(part, tier))
    return sample_sentence(part), *tiers, _computed(part, software)


def sample_sentence(part: SchemePart) -> str:
    """What was coded twice, how it was chosen and whether it was coded blind."""
    scheme, sample = part.scheme, part.sample
    named = f"{scheme.title} ({scheme.id.name}, version {scheme.id.version})"
    number = len(part.counted)
    if sample is None:
        who = f"{_sessions(number)} {_were(number)} coded with {named} by two coders"
        return _capital(f"{who}. {_CHOSEN} {_BLIND}")
    share = f"{number} ({apa.percent(number / sample.coded)})" if sample.coded else str(number)
    text = f"Of {_sessions(sample.coded)} coded with {named}, {share} {_were(number)} coded by two or more coders "
    text += f"({len(sample.passes)} coders in all)."
    return " ".join((text, *_chosen(sample), *(sample.blind or (_BLIND,))))


def _chosen(sample: Sample) -> Iterator[str]:
    """What was drawn by the program, with its own words on it; and what the writer has to say."""
    drawn = sum(number for _, number in sample.drawn)
    if drawn:
        all_drawn = "It" if drawn == 1 else "These"
        which = f"{_capital(_sessions(drawn))} of these" if sample.undrawn else all_drawn
        how = "; ".join(how for how, _ in sample.drawn)
        yield f"{which} {_were(drawn)} drawn at random by the software ({how})."
    if sample.undrawn:
        yield _CHOSEN if not drawn else _OTHERS


def tier_sentences(part: SchemePart, tier: Tier) -> Iterator[str]:
    """One sentence, or a few, for each headline of a tier; at its first time unit."""
    found = headlines(part.pooled, tier)
    for headline in [one for one in found if one.unit == found[0].unit]:
        name = tier.label if headline.code is None else f"{tier.label}, {tier.code(headline.code).label}"
        told = (_headline(headline, tier), *_beside(part, tier, headline))
        yield f"{name}: {' '.join(sentence for sentence in told if sentence)}"


def _headline(one: Agreement, tier: Tier) -> str:
    found, what = one.estimate, _statistic(one, tier)
    if found.value is None:
        return f"{_capital(what)} is not defined. {found.sentence}"
    symbol = "F1 = " if one.statistic == F1 else "" if tier.kind is TierKind.RATING else "κ = "
    value = f"{symbol}{apa.estimate(found, Printed.COEFFICIENT)}, {apa.interval(found, Printed.COEFFICIENT)}"
    how = f" ({apa.method(found)})" if apa.method(found) else ""
    text = f"{_capital(what)} was {value}{how}, {_counted(one)}."
    if found.status is Status.TOO_FEW:
        text += f" This is too little to judge by. {found.sentence}"
    return text


def _statistic(one: Agreement, tier: Tier) -> str:
    if one.statistic == F1:
        return f"agreement on {one.unit}, matched one to one with the same code,"
    if tier.kind is TierKind.RATING:
        return _STATISTICS.get(one.statistic, one.statistic)
    return f"Cohen’s (1960) kappa over {one.unit}"


def _counted(one: Agreement) -> str:
    counts = one.counts
    if one.statistic == F1:
        a, b, matched = (apa.number(counts.get(name, 0)) for name in ("events_a", "events_b", "matched"))
        text = f"with {a} and {b} events of which {matched} matched"
    else:
        text = f"n = {apa.number(one.estimate.n)} {'ratings' if one.statistic in _STATISTICS else 'units'}"
    sessions = counts.get("sessions")
    if sessions:
        text += f" in {_sessions(round(sessions))}"
    lost_s, window_s = counts.get("uncodable_s", 0), counts.get("window_s", 0)
    return text + (
        f"; {apa.percent(lost_s / window_s)} of the time was not codable and left out" if lost_s else ""
    )


def _beside(part: SchemePart, tier: Tier, headline: Agreement) -> Iterator[str]:
    """What the headline's kind of tier is reported with."""

    def value(statistic: str, unit: str | None = None, how: Printed = Printed.COEFFICIENT) -> str:
        one = find(part.pooled, statistic, tier.id, headline.code, unit)
        return "" if one is None else apa.estimate(one.estimate, how)

    if headline.statistic == F1:
        yield _joined(("Sensitivity was", value(SENSITIVITY)), ("precision", value(PRECISION)))
        yield _timing(find(part.pooled, BIAS, tier.id), "matched events")
    elif tier.kind is TierKind.RATING:
        same, near = (value(name, how=Printed.SHARE) for name in (EXACT, WITHIN_ONE))
        if same and near:
            yield f"{same} of the ratings were equal, {near} at most one point apart."
    else:
        if same := value(AGREEMENT, headline.unit, Printed.SHARE):
            yield f"The coders gave the same code in {same} of the units."
        events, accuracy = value(EVENT_KAPPA), value(ACCURACY, headline.unit)
        yield _joined(
            ("The event kappa of whole states linked by their overlap (Holle & Rein, 2015) was", events),
            ("the estimated accuracy of two equally good coders (Bakeman, 2022) was", accuracy),
        )
        yield _timing(find(part.pooled, BIAS, tier.id), "the onsets of the same states")


def _joined(*parts: tuple[str, str]) -> str:
    """`The one was .71, the other .80.`, as far as there are numbers."""
    told = ", ".join(f"{name} {value}" for name, value in parts if value)
    return f"{_capital(told)}." if told else ""


def _timing(one: Agreement | None, what: str) -> str:
    if one is None or one.estimate.value is None:
        return ""
    found = one.estimate
    bias = apa.estimate(found, Printed.SECONDS)
    return f"The mean lag of {what} (B − A) was {bias}, {apa.interval(found, Printed.SECONDS)}."


def _computed(part: SchemePart, software: str) -> str:
    text = "Only the time that both coders coded, with the same version of the scheme, was compared. "
    methods = {apa.method(one.estimate) for one in part.pooled}
    if any(one.startswith("jackknife") for one in methods):
        text += "Intervals from the jackknife leave out one session at a time (Tukey, 1958). "
    if any("bootstrap" in one for one in methods):
        text += "Intervals from the circular block bootstrap (Politis & Romano, 1992) are approximate. "
    return f"{text}Agreement was computed with {software}."


def _sessions(number: int) -> str:
    return "one session" if number == 1 else f"{apa.number(number)} sessions"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
