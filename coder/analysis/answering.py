"""Measures of a link: what came of the cues, what was done unasked, whether acts follow cues at all."""

from collections.abc import Iterator

from coder.analysis.material import Material
from coder.analysis.number import NOTHING_CODABLE, Number, counted, median_seconds, per_minute, percent
from coder.analysis.spans import Spans, holds_moment, shared, total_us
from coder.model.answers import Answer, acts_within, answer_window, answers
from coder.model.codable import union
from coder.model.scheme import Answered, Derived, Link

_ANSWER = (Answered.FITS, Answered.LOOSELY)


def responses(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """What came of the cues of these codes, as it was judged.

    Cues without an outcome, and those of which none can be told, are counted and left out of all else. Answered:
    the share with an act that fits, or fits loosely. Prompt: the share of these answers that began within the
    link's `prompt_us`; the median is over them too. An act that does not begin after its cue has no time (a
    finding says so); its answer is left out of both. Of 4 cues, one fits after 1 s, one loosely after 3 s, one
    misses, one has none: 50 % are answered; with `prompt_us` of 2 s 50 % of the answers are prompt; the median is
    2 s.
    (Bornstein & Tamis-LeMonda 1989, 1997: prompt, contingent and appropriate.)
    """
    link = _link_of_cues(material, derived)
    codes = set(derived.of)
    cues = [
        one
        for one in answers(material.coding, material.scheme, link)
        if one.cue.code in codes and holds_moment(where, one.cue.onset_us)
    ]
    judged = [one for one in cues if _answered(one) not in (None, Answered.UNKNOWN)]
    why = _why_none(cues)
    answered = [one for one in judged if _answered(one) in _ANSWER]
    yield percent(("answered",), len(answered), len(judged), len(judged), why)
    for outcome in link.outcomes:
        if outcome.answered is not Answered.UNKNOWN:
            count = sum(one.outcome == outcome for one in judged)
            yield percent((outcome.label,), count, len(judged), len(judged), why)
    times = [time_us for one in answered if (time_us := one.latency_us) is not None and time_us > 0]
    why = why or (
        "None of these answers is linked to its act." if answered else "None of these cues was answered."
    )
    prompt = sum(time_us <= link.prompt_us for time_us in times)
    yield percent(("prompt, of the answers",), prompt, len(times), len(times), why)
    yield median_seconds(("median time to the answer",), times, why)
    yield Number(("cannot be told",), sum(_answered(one) is Answered.UNKNOWN for one in cues), "count", len(cues))
    yield Number(("not judged yet",), sum(one.outcome is None for one in cues), "count", len(cues))


def _answered(one: Answer) -> Answered | None:
    return None if one.outcome is None else one.outcome.answered


def _why_none(cues: list[Answer]) -> str:
    if not cues:
        return "There is no such cue here."
    if all(one.outcome is None for one in cues):
        return "None of these cues has been judged yet."
    if all(_answered(one) in (None, Answered.UNKNOWN) for one in cues):
        return "Of none of the judged cues can it be told what came of it."
    return ""


def unsolicited(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """Acts that begin in no cue's time for an answer, in number and per minute in which both can be coded.

    Cue at 0 s with 3 s to answer, acts at 2 s and 9 s, 30 codable seconds: 1 act, 2 per minute.
    """
    tier = material.tier(derived.of[0]).id
    links = [link for link in material.scheme.links if link.acts == tier]
    called = set()
    cue_codes = []
    for link in links:
        cue_codes += [code.id for code in material.scheme.tier(link.cues).codes]
        for cue in material.coding.row(link.cues):
            window = answer_window(material.coding, material.scheme, link, cue)
            called |= {act.id for act in acts_within(material.coding, link, cue, window)}
    ground = shared(material.codable(*derived.of, *cue_codes), where)
    acts = material.moments(" or ".join(derived.of), ground)
    count = sum(act.id not in called for act in acts)
    yield counted(("number",), count, total_us(ground))
    yield per_minute(("per minute",), count, total_us(ground))


def contingency(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """Odds ratio and Yule's Q of an act beginning in the time after a cue; n: bins of `bin_us`.

    A bin counts if all of it can be coded for both; it lies after a cue if all of it lies in the windows of the
    cues. a, b: bins after a cue with and without the onset of an act; c, d: other bins. Odds ratio: ad / bc.
    Yule's Q: (ad - bc) / (ad + bc), from -1 to 1. a = 4, b = 29, c = 2, d = 85: 340 / 58 = 5.86; 282 / 398 = 0.71.
    (Yule 1912; Bakeman & Quera 2011 on windows after a behaviour.)
    """
    link = _link_of_cues(material, derived)
    codes, acts = set(derived.of), [code.id for code in material.scheme.tier(link.acts).codes]
    ground = shared(material.codable(*derived.of, *acts), where)
    windows = union(
        answer_window(material.coding, material.scheme, link, cue)
        for cue in material.coding.row(link.cues)
        if cue.code in codes
    )
    bin_us, start_us = derived.parameters["bin_us"], material.window.start_us
    bins = _whole_bins(ground, bin_us, start_us)
    after = bins & _whole_bins(windows, bin_us, start_us)
    acted = bins & {(act.onset_us - start_us) // bin_us for act in material.coding.row(link.acts)}
    a, b = len(after & acted), len(after - acted)
    c, d = len(acted - after), len(bins - after - acted)
    why = NOTHING_CODABLE if not ground else _why_nothing_to_compare(a, b, c, d)
    ratio, q = (None, None) if why else (a * d / (b * c) if b * c else None, (a * d - b * c) / (a * d + b * c))
    no_ratio = "No act begins outside the time after cues, so the ratio has no end."
    if c:
        no_ratio = "An act begins in every bin after a cue, so the ratio has no end."
    yield Number(("odds ratio",), ratio, "", len(bins), why or ("" if ratio is not None else no_ratio))
    yield Number(("Yule’s Q",), q, "", len(bins), why)
    none_after = "No bin lies in the time after a cue."
    yield percent(("bins after a cue with an act",), a, a + b, a + b, none_after if ground else NOTHING_CODABLE)
    no_other = "All bins lie in the time after a cue."
    yield percent(("other bins with an act",), c, c + d, c + d, no_other if bins else NOTHING_CODABLE)


def _whole_bins(spans: Spans, bin_us: int, start_us: int) -> set[int]:
    """The numbers of the bins, counted from the start of the window, that lie in a span as a whole."""
    return {
        number
        for span in spans
        for number in range(-(-(span.start_us - start_us) // bin_us), (span.end_us - start_us) // bin_us)
    }


def _why_nothing_to_compare(a: int, b: int, c: int, d: int) -> str:
    if a + b == 0:
        return "No bin lies in the time after a cue."
    if c + d == 0:
        return "All bins lie in the time after a cue, so there is nothing to compare them with."
    if a + c == 0:
        return "No act begins in a bin that could be coded."
    if b + d == 0:
        return "An act begins in every bin, after cues and elsewhere."
    return ""


def _link_of_cues(material: Material, derived: Derived) -> Link:
    link = material.scheme.link_of(material.tier(derived.of[0]).id)
    if link is None:
        raise ValueError(f"“{derived.id}” is about cues, and no link says what answers them")
    return link
