"""The rule of certification: what it says of a test, and where a coder stands on a day.

A clip offers something to judge a requirement by if the master has it there: the code at all, two codes or more
for what is corrected for chance, five ratings or more for an ICC. That depends on the master alone, so nobody can
make a clip count less by what they leave out. Where a clip offers nothing, all clips of the run together decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.statistic import EVENT_KAPPA, KAPPA, SENSITIVITY, TIME_UNIT_KAPPA
from coder.model.training import Certificate, Criterion, Decision, Matter, Requirement, Rule, Score, Standing
from coder.training.judging import fitting, judged
from coder.training.scoring import pooled

SOON_DAYS = 30
"""So long before a certificate ceases to hold its holder is told that a re-check is due soon."""

_ROUNDING = 1e-9


def decide(rule: Rule, scores: Sequence[Score]) -> Decision:
    """What the rule says of a test.

    scores: of all that was submitted, in any order. Counted is each clip's first attempt if it was a first view; a
    clip that comes again is no other clip. Of those, `rule.clips` that follow each other in time must meet
    everything; of several such runs the last one counts, or where none does, the one that misses least. A code is
    asked for over the whole run. Criteria are in order: clip by clip each requirement; each over the run, with
    `met` None where the clips have decided and it is for information only; the codes; the number of clips.
    """
    counted = _counted(scores)
    length = max(rule.clips, 1)
    runs = [counted[at : at + length] for at in range(len(counted) - length + 1)] or [counted]
    enough = _criterion(Matter.CLIPS, rule.clips, _count(len(counted)))
    found = [_decision(rule, run, enough) for run in runs]
    return min(reversed(found), key=lambda one: (not one.passed, len(one.unmet)))


def standing(
    rule: Rule,
    certificate: Certificate | None,
    today: date,
    last_coded_on: date | None = None,
    failed_on: date | None = None,
) -> Standing:
    """Where a coder stands on a day.

    certificate: the newest. It holds from the day of its issue up to, but not on, the day on which it expires, and
    while its holder was away from coding for no more than `rule.absence_days`. last_coded_on: with the scheme, in
    any session; None if never. failed_on: when the newest failed test was decided; a certificate that holds is not
    lost by it.
    """
    failed = failed_on is not None
    if certificate is None:
        return Standing.FAILED if failed else Standing.IN_TRAINING
    issued, expires = _day(certificate.issued_at), _day(certificate.expires_at)
    away = _away_from(rule, issued, last_coded_on)
    if today < min(expires, away):
        return Standing.DUE_SOON if min(expires, away) - today <= timedelta(SOON_DAYS) else Standing.CERTIFIED
    if failed_on is not None and failed_on >= min(expires, away):
        return Standing.FAILED
    return Standing.EXPIRED if today >= expires else Standing.ABSENT


def due_on(rule: Rule, certificate: Certificate, last_coded_on: date | None = None) -> date:
    """The first day on which the certificate does not hold any more, if its holder codes nothing until then."""
    return min(_day(certificate.expires_at), _away_from(rule, _day(certificate.issued_at), last_coded_on))


def steady_until(rule: Rule, issued: date, days_coded: Iterable[date]) -> date:
    """The last day of coding before the first absence since a certificate that was too long.

    Whoever was away too long stays so until a re-check, though they code again: that is what it is for.
    days_coded: ascending; those before the issue say nothing.
    """
    last = issued
    for day in days_coded:
        if (day - last).days > rule.absence_days:
            break
        last = max(last, day)
    return last


def expires_on(rule: Rule, issued: date) -> date:
    """The day on which a certificate issued on another day holds no longer."""
    return issued + timedelta(rule.valid_days)


def last_day(certificate: Certificate) -> date:
    """The last day on which a certificate holds: what it says of itself. On `expires_at` it holds no longer."""
    return _day(certificate.expires_at) - timedelta(1)


def _away_from(rule: Rule, issued: date, last_coded_on: date | None) -> date:
    """The first day of being away too long. The test itself was coding."""
    return max(issued, last_coded_on or issued) + timedelta(rule.absence_days + 1)


def _day(iso: str) -> date:
    return date.fromisoformat(iso[:10])


def _counted(scores: Iterable[Score]) -> list[Score]:
    """The first attempts at each clip that were first views, in the order of their submission."""
    found: dict[str, Score] = {}
    for score in sorted(scores, key=lambda one: one.done_at):
        if score.first_view and score.number == 1:
            found.setdefault(score.clip, score)
    return list(found.values())


def _decision(rule: Rule, run: Sequence[Score], enough: Criterion) -> Decision:
    together = _together(rule, run)
    of_clips = [_of_clip(one, score) for score in run for one in rule.requirements]
    criteria = (
        *of_clips,
        *(_of_run(one, together, of_clips) for one in rule.requirements),
        *(criterion for code in rule.codes for criterion in _of_code(rule, code, together)),
        enough,
    )
    judged_by = [one for one in criteria if one.matter in (Matter.METRIC, Matter.SENSITIVITY)]
    passed = any(one.met for one in judged_by) and all(one.met is not False for one in criteria)
    return Decision(passed, rule, tuple(score.clip for score in run), criteria)


def _together(rule: Rule, run: Sequence[Score]) -> Score:
    """The clips of a run as one score, of what the rule asks for."""
    asked = {(one.tier, one.code, one.detail) for one in rule.requirements}
    statistics = {one.statistic for one in rule.requirements} | {EVENT_KAPPA, KAPPA, TIME_UNIT_KAPPA}

    def needed(one: Agreement) -> bool:
        if one.statistic == SENSITIVITY and (one.tier, one.code) in rule.codes:
            return True
        return one.statistic in statistics and (one.tier, one.code, one.detail) in asked

    parts = [replace(score, agreements=tuple(filter(needed, score.agreements))) for score in run]
    seen: dict[tuple[str, str], int] = {}
    for score in run:
        for code, times in score.seen.items():
            seen[code] = seen.get(code, 0) + times
    return Score(clip="", step_id="", done_at="", agreements=pooled(parts), seen=seen)


def _of_clip(asked: Requirement, score: Score) -> Criterion:
    found = fitting(asked, score)
    return replace(
        _criterion(Matter.METRIC, asked.target, found.estimate if found else None, judged(asked, score)),
        clip=score.clip,
        requirement=asked,
    )


def _of_run(asked: Requirement, together: Score, of_clips: Sequence[Criterion]) -> Criterion:
    """Over all clips: it decides if one of them offers nothing, and must then be met."""
    found = fitting(asked, together)
    there = [one.met for one in of_clips if one.requirement == asked]
    met = bool(judged(asked, together)) if None in there or not there else None
    got = found.estimate if found else None
    return replace(_criterion(Matter.METRIC, asked.target, got, met), requirement=asked)


def _of_code(rule: Rule, code: tuple[str, str], together: Score) -> Sequence[Criterion]:
    times = together.seen.get(code, 0)
    found = fitting(Requirement(SENSITIVITY, code[0], rule.min_sensitivity, code=code[1]), together)
    got = found.estimate if found and times else None
    met = None if got is None or got.value is None else got.value >= rule.min_sensitivity - _ROUNDING
    return (
        replace(_criterion(Matter.EVENTS, rule.min_events, _count(times)), code=code),
        replace(_criterion(Matter.SENSITIVITY, rule.min_sensitivity, got, met), code=code),
    )


def _criterion(matter: Matter, needed: float, got: Estimate | None, met: bool | None = None) -> Criterion:
    """met: left out for what is counted, which must reach what is needed."""
    if matter in (Matter.CLIPS, Matter.EVENTS):
        met = got is not None and got.value is not None and got.value >= needed
    return Criterion(matter=matter, needed=needed, got=got, met=met)


def _count(n: int) -> Estimate:
    return Estimate(value=n, n=n, status=Status.OK)
