"""The sentences a report opens with and closes with."""

from dataclasses import dataclass

from coder.model.agreement import Agreement, Status
from coder.model.scheme import Tier, TierKind
from coder.model.statistic import ACCURACY, AGREEMENT, BIAS, F1, ICC, SPECIFIC
from coder.model.time import SECOND_US
from coder.report import words
from coder.report.data import Measurement, ReportData, SchemePart, SessionPart
from coder.report.tables import find, headlines, judged

SPEAKS_FROM = 0.30  # with both faces in less of the session the pictures cannot say anything about it
LISTED = 4  # sessions that the head of the report names one by one
LATE_S = 0.1  # a mean lag from here on is worth a sentence
_REACHED, _MISSED = ("good", "open"), ("low", "act")


@dataclass(frozen=True)
class Finding:
    """What there is to say about one tier. verdict: as `words.verdict` has it, and its words."""

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
            doubtful = verdict == "look" or headline.estimate.status is Status.TOO_FEW
            why = words.by_name(headline.estimate.sentence, *part.names) if doubtful else ""
            told = (_sentence(part, tier, headline), why, _weak_codes(part.pooled, tier), _timing(part, tier))
            found.append(Finding(label, " ".join(one for one in told if one), verdict, verdict_words))
    return tuple(found)


def _weak_codes(agreements: tuple[Agreement, ...], tier: Tier) -> str:
    """The codes that miss a target of their own, which the tier's number can hide."""
    missed = [
        f"{tier.code(one.code).label} ({words.coefficient(one.estimate.value)})"
        for one in agreements
        if one.tier == tier.id and one.statistic in (SPECIFIC, F1) and one.code is not None
        if one.estimate.value is not None and words.verdict(one)[0] in _MISSED
    ]
    return f"Below the target for single codes: {words.joined(missed)}." if missed else ""


def _timing(part: SchemePart, tier: Tier) -> str:
    """Who marks events, or the onsets of states, later, where that is neither small nor chance."""
    bias = find(part.pooled, BIAS, tier.id)
    if bias is None or bias.estimate.value is None or abs(bias.estimate.value) < LATE_S:
        return ""
    found = bias.estimate
    if found.low is not None and found.high is not None and found.low <= 0 <= found.high:
        return ""
    what = "" if tier.kind is TierKind.POINT else "the same changes "
    return f"{words.later(found, *part.names, what)} on average."


def _sentence(part: SchemePart, tier: Tier, headline: Agreement) -> str:
    agreements = part.pooled
    found = headline.estimate
    name = {F1: "F1", ICC: "intraclass correlation"}.get(headline.statistic, "kappa")
    agreed = find(agreements, AGREEMENT, tier.id, unit=headline.unit)
    share = agreed.estimate.value if agreed else None
    if found.value is None:
        alike = f" They agree in {words.percent(share)} of the time." if share is not None else ""
        return f"no {name}. {words.by_name(found.sentence, *part.names)}{alike}"
    between = words.interval(found)
    text = f"{name} {words.coefficient(found.value)}" + (f" ({between})" if between else " (no interval)")
    accuracy = find(agreements, ACCURACY, tier.id, unit=headline.unit)
    if accuracy is not None and accuracy.estimate.value is not None:
        text += f", as two coders with an accuracy of {words.coefficient(accuracy.estimate.value)} would reach"
    if headline.statistic == F1:
        numbers = (headline.counts.get(key, 0) for key in ("events_a", "events_b", "matched"))
        first, second, matched = map(words.count, numbers)
        a, b = part.names
        return f"{text}. {a} marked {first} events, {b} {second}; {matched} matched."
    return text + (f"; the same code in {words.percent(share)} of the time." if share is not None else ".")


def lead(part: SchemePart) -> str:
    """The main finding with one scheme, in plain words."""
    found = findings(part)
    told = [one for one in found if one.verdict in (*_REACHED, *_MISSED)]
    good, poor = ([one for one in told if (one.verdict in _REACHED) is fine] for fine in (True, False))
    unsure = [one.tier for one in good if one.verdict == "open"]
    text = f"{_who(part)} with “{part.scheme.title}”: {words.seconds(_seconds(part))} of shared time. "
    together = [one.tier for one in found if one.verdict == "look"]
    ending = f" To look at together: {words.joined(together)}." if together else ""
    if not told:
        little = any(one.estimate.status is Status.TOO_FEW for one in part.pooled)
        return (
            text
            + ("That is too little to judge by." if little else "No tier can be held against a target yet.")
            + ending
        )
    if not poor:
        text += "Every tier that can be judged reaches its target"
    else:
        text += f"Of {words.tiers(len(told))} that can be judged, {len(good) or 'none'} "
        text += f"reach{'es' if len(good) <= 1 else ''} the target"
        if good:
            text += f"; {words.joined([one.tier for one in poor])} {'do' if len(poor) > 1 else 'does'} not"
    text += f". {words.joined(unsure)} may lie below it." if unsure else "."
    silent = [one.tier for one in found if one.verdict == "none"]
    return text + (f" Not judged: {words.joined(silent)}." if silent else "") + ending


def _who(part: SchemePart) -> str:
    pairs = {(one.a.coder, one.b.coder) for one in part.counted}
    number = len(part.counted)
    sessions = "one session" if number == 1 else f"{number} sessions"
    if len(pairs) == 1:
        return f"{words.joined(list(next(iter(pairs))))} both coded {sessions}"
    return f"{len({name for pair in pairs for name in pair})} coders, two at a time, coded {sessions}"


def _seconds(part: SchemePart) -> float:
    return sum(shared_us(one) for one in part.counted) / SECOND_US


def double_coded(part: SchemePart) -> str:
    """Who coded what: session by session where they are few, in sum where they would fill the page."""
    beside = len(part.sessions) - len(part.counted)
    more = f"; {words.counted(beside, 'other comparison')} of the same sessions" if beside else ""
    if len(part.counted) <= LISTED:
        listed = (f"{one.session.name}: {one.a.coder} (A), {one.b.coder} (B)" for one in part.counted)
        return "; ".join(listed) + more
    a, b = part.names
    who = f"{a} (A), {b} (B)" if (a, b) != ("A", "B") else "different pairs of coders, listed below"
    return f"{len(part.counted)} sessions: {who}{more}"


def who_is_who(part: SchemePart) -> str:
    """Whose the letters of the pooled tables are, and which pairs are not in them."""
    a, b = part.names
    text = f"A is {a}, B is {b}." if (a, b) != ("A", "B") else "A and B are not the same two in every session."
    beside = [f"{one.a.coder} and {one.b.coder} in {one.session.name}" for one in part.sessions if not one.pooled]
    if len(beside) > LISTED:
        text += (
            f" One pair stands for each session; {len(beside)} other comparisons are not in the pooled numbers."
        )
    elif beside:
        text += f" One pair stands for each session. Not in the pooled numbers: {words.joined(beside)}."
    return text


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
_EVIDENCE = """
Where codes and signals go together, both may be wrong in the same way; where they do not, either may be. A
child in profile or behind the parent, a lap, toys or a dummy before the face, masks, mirrors and screens, a wide
lens, dark or small faces mislead the measurement, and it may fail more often with some skin tones and ages than
with others. The intervals take events as independent of each other.
"""


def limits(data: ReportData) -> tuple[str, ...]:
    """What the numbers cannot say; each sentence only where it applies."""
    pooled = [one for part in data.schemes for one in part.pooled]
    applies = (
        (_SHARED_MISTAKES, bool(pooled)),
        (_FEW_SESSIONS, any(len(part.counted) < 3 for part in data.schemes)),
        (_APPROXIMATE, any(words.is_approximate(one.estimate) for one in pooled)),
        (_ACCURACY, any(one.statistic == ACCURACY for one in pooled)),
        (_CHANCE, any(one.statistic == F1 for one in pooled)),
        (_PICTURES, bool(data.measurements)),
        (_EVIDENCE, data.evidence is not None),
    )
    return tuple(" ".join(text.split()) for text, here in applies if here)
