"""The sentences a report opens with and closes with."""

from dataclasses import dataclass

from coder.model.agreement import Agreement, Status
from coder.model.scheme import Tier
from coder.model.time import SECOND_US
from coder.report import words
from coder.report.data import Measurement, ReportData, SchemePart, SessionPart
from coder.report.tables import ACCURACY, AGREED, F1, find, headlines, judged

SPEAKS_FROM = 0.30  # with both faces in less of the session the pictures cannot say anything about it


@dataclass(frozen=True)
class Finding:
    """What there is to say about one tier. verdict: good, low, act or none, and its words."""

    tier: str
    sentence: str
    verdict: str
    verdict_words: str


def findings(part: SchemePart) -> tuple[Finding, ...]:
    """One finding for each tier, at its first time unit; where codes may overlap, one for each code."""
    found = []
    for tier in part.scheme.tiers:
        lines = headlines(part.pooled, tier)
        for headline in [line for line in lines if line.unit == lines[0].unit]:
            label = tier.label if headline.code is None else f"{tier.label}: {tier.code(headline.code).label}"
            verdict, verdict_words = words.verdict(judged(part.pooled, tier, headline))
            found.append(Finding(label, _sentence(part.pooled, tier, headline), verdict, verdict_words))
    return tuple(found)


def _sentence(agreements: tuple[Agreement, ...], tier: Tier, headline: Agreement) -> str:
    found, name = headline.estimate, "F1" if headline.statistic == F1 else "kappa"
    agreed = find(agreements, AGREED, tier.id, unit=headline.unit)
    share = agreed.estimate.value if agreed else None
    if found.value is None:
        alike = f" They agree in {words.percent(share)} of the time." if share is not None else ""
        return f"no {name}. {found.sentence}{alike}"
    between = words.interval(found)
    text = f"{name} {words.coefficient(found.value)}" + (f" ({between})" if between else " (no interval)")
    accuracy = find(agreements, ACCURACY, tier.id, unit=headline.unit)
    if accuracy is not None and accuracy.estimate.value is not None:
        text += f", as two coders with an accuracy of {words.coefficient(accuracy.estimate.value)} would reach"
    if headline.statistic == F1:
        numbers = (headline.counts.get(key, 0) for key in ("events_a", "events_b", "matched"))
        first, second, matched = map(words.count, numbers)
        return f"{text}. Of {first} and {second} events, {matched} matched."
    return text + (f"; the same code in {words.percent(share)} of the time." if share is not None else ".")


def lead(part: SchemePart) -> str:
    """The main finding with one scheme, in plain words."""
    found = findings(part)
    told = [one for one in found if one.verdict != "none"]
    good, poor = ([one for one in told if (one.verdict == "good") is fine] for fine in (True, False))
    text = f"{_who(part)} with “{part.scheme.title}”: {words.seconds(_seconds(part))} of shared time. "
    if not told:
        little = any(one.estimate.status is Status.TOO_FEW for one in part.pooled)
        return text + (
            "That is too little to judge by." if little else "No tier can be held against a target yet."
        )
    if not poor:
        text += "Every tier that can be judged reaches its target"
    else:
        text += f"Of {words.tiers(len(told))} that can be judged, {len(good) or 'none'} "
        text += f"reach{'es' if len(good) <= 1 else ''} the target"
        if good:
            text += f"; {words.joined([one.tier for one in poor])} {'do' if len(poor) > 1 else 'does'} not"
    silent = [one.tier for one in found if one.verdict == "none"]
    return text + "." + (f" Not judged: {words.joined(silent)}." if silent else "")


def _who(part: SchemePart) -> str:
    pairs = {(one.a.coder, one.b.coder) for one in part.sessions}
    number = len(part.sessions)
    sessions = "one session" if number == 1 else f"{number} sessions"
    if len(pairs) == 1:
        return f"{words.joined(list(next(iter(pairs))))} both coded {sessions}"
    return f"{len({name for pair in pairs for name in pair})} coders double-coded {sessions}"


def _seconds(part: SchemePart) -> float:
    return sum(shared_us(one) for one in part.sessions) / SECOND_US


def shared_us(part: SessionPart) -> int:
    """The length of the stretch that both coders coded."""
    window = part.a.coding.window.intersection(part.b.coding.window)
    return 0 if window is None else window.duration_us


def coverage_sentence(measured: Measurement) -> str:
    """How much of a session the pictures can speak about."""
    seen = measured.coverage
    if seen.both is None:
        return "No frame of the coded window was measured, so the pictures say nothing about this session."
    text = (
        f"The child’s face was found in {words.share_or_words(seen.child, 'none')} of the coded window, "
        f"the parent’s in {words.share_or_words(seen.parent, 'none')}, "
        f"both at once in {words.percent(seen.both)}. "
    )
    if seen.both_heads is not None:
        text += f"Evidence on where both heads point was available for {words.percent(seen.both_heads)} of it. "
    if seen.longest_gap_us:
        text += f"The longest stretch without both faces lasts {words.duration(seen.longest_gap_us)}. "
    if seen.both < SPEAKS_FROM:
        text += "That is too little: the pictures cannot speak about this session. "
    return text.strip()


_SHARED_MISTAKES = """
Agreement is not correctness: two coders can share a mistake. Only a comparison with a master tells.
"""
_FEW_SESSIONS = """
One or two sessions show how these coders agreed on this material. They do not show how the same coders will
agree on the next family.
"""
_APPROXIMATE = """
Intervals called approximate are too narrow: in simulations they held the true value in 87 to 90 of 100 cases,
not 95. From three sessions on, sessions are the units; that interval held it in 93 to 95.
"""
_ACCURACY = """
Kappa falls where one code fills most of the time, however good the coders are. It is therefore judged by the
accuracy it implies, which supposes that both coders are equally accurate and that no confusion is more likely
than another.
"""
_CHANCE = """
F1 is not corrected for chance: where events crowd together, some match by accident. Nobody can count the
moments at which rightly nothing was marked, so no kappa exists for point events.
"""
_PICTURES = """
The pictures show where heads point, not where eyes look. They fail with profiles, with covered, small or dark
faces, and over the shoulder. They are evidence beside the codes, never codes, and enter no coefficient.
"""


def limits(data: ReportData) -> tuple[str, ...]:
    """What the numbers cannot say; each sentence only where it applies."""
    pooled = [one for part in data.schemes for one in part.pooled]
    applies = (
        (_SHARED_MISTAKES, bool(pooled)),
        (_FEW_SESSIONS, any(len(part.sessions) < 3 for part in data.schemes)),
        (_APPROXIMATE, any(words.is_approximate(one.estimate) for one in pooled)),
        (_ACCURACY, any(one.statistic == ACCURACY for one in pooled)),
        (_CHANCE, any(one.statistic == F1 for one in pooled)),
        (_PICTURES, bool(data.measurements)),
    )
    return tuple(" ".join(text.split()) for text, here in applies if here)
