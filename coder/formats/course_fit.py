"""Whether a course fits its scheme and its masters, and whether its rule can be met with its clips at all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coder.formats.cells import parse_time
from coder.formats.course_steps import Shown
from coder.formats.master_file import MasterFile
from coder.formats.scheme_flaw import Flaw, did_you_mean
from coder.formats.scheme_node import Node
from coder.formats.scheme_rules import FITTING
from coder.language import plural, tr
from coder.model.coding import Event
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.statistic import (
    BIAS,
    F1,
    MEAN_DIFFERENCE,
    NEGATIVE,
    PRECISION,
    SENSITIVITY,
    SPECIFIC,
    TIME_UNIT_KAPPA,
)
from coder.model.time import MILLISECOND_US, SECOND_US, clock

Masters = Mapping[int, MasterFile]
"""The masters that could be read, by the number of the step (0 is the first)."""

_DISTANCES = (BIAS, MEAN_DIFFERENCE)
_OF_EVENTS = (TierKind.STATE, TierKind.POINT, TierKind.INTERVAL)
_OF_A_CODE = {TierKind.POINT: (F1, SENSITIVITY, PRECISION)}
_OF_A_STATE = (SPECIFIC, NEGATIVE, TIME_UNIT_KAPPA)


def fit_flaws(course: Node, steps: Sequence[Shown], scheme: Scheme, masters: Masters) -> Iterator[Flaw]:
    """Unknown tiers and codes, exercises about nothing, masters without a code, rules that no test can fulfil."""
    for index, step in enumerate(steps):
        yield from _tier_flaws(step.node, scheme)
        if index in masters:
            yield from _step_flaws(step, scheme, masters[index])
    rule = course.inner("rule")
    if rule is not None:
        for requirement in rule.each("requirements"):
            yield from _requirement_flaws(requirement, scheme)
        for group in rule.each("codes"):
            yield from _mandatory_flaws(group, scheme)
        yield from _fulfilling_flaws(rule, steps, scheme, masters)


def in_play(step: Shown, scheme: Scheme) -> tuple[str, ...]:
    """The ids of the tiers that a step is about."""
    return tuple(tier for _, tier in step.node.texts("tiers")) or tuple(tier.id for tier in scheme.tiers)


def exercise_event(node: Node, master: MasterFile) -> Event | None:
    """The event that an exercise is about; None if the master has none that begins there.

    Raises ValueError if its time is none.
    """
    at_us = parse_time(node.text("at"))
    own = (event for event in master.events if event.tier == node.text("tier"))
    return next((event for event in own if abs(event.onset_us - at_us) < MILLISECOND_US), None)


def _tier(node: Node, field: str, scheme: Scheme) -> tuple[Tier | None, Iterator[Flaw]]:
    name = node.text(field)
    if scheme.has_tier(name):
        return scheme.tier(name), iter(())
    what = tr("The scheme has no tier “{tier}”.", tier=name)
    flaw = Flaw(node.at(field), what, did_you_mean(name, [tier.id for tier in scheme.tiers]))
    return None, iter((flaw,) if name else ())


def _tier_flaws(step: Node, scheme: Scheme) -> Iterator[Flaw]:
    for path, name in step.texts("tiers"):
        if not scheme.has_tier(name):
            what = tr("The scheme has no tier “{tier}”.", tier=name)
            yield Flaw(path, what, did_you_mean(name, [tier.id for tier in scheme.tiers]))
    for exercise in step.each("exercises"):
        yield from _tier(exercise, "tier", scheme)[1]


def _step_flaws(step: Shown, scheme: Scheme, master: MasterFile) -> Iterator[Flaw]:
    tiers = in_play(step, scheme)
    known = all(scheme.has_tier(tier) for tier in tiers)
    if known and not any(event.tier in tiers for event in master.events):
        what = tr("In this clip the master has no code of the tiers in play.")
        yield Flaw(step.node.at("master"), what, tr("Choose other tiers, another stretch, or another master."))
    for exercise in step.node.each("exercises"):
        yield from _exercise_flaws(exercise, step, tiers, scheme, master)


def _exercise_flaws(
    exercise: Node, step: Shown, tiers: Sequence[str], scheme: Scheme, master: MasterFile
) -> Iterator[Flaw]:
    tier = exercise.text("tier")
    if not (scheme.has_tier(tier) and exercise.text("at")):
        return
    if tier not in tiers:
        what = tr("The tier “{tier}” is not in play in this step.", tier=tier)
        yield Flaw(exercise.at("tier"), what, tr("Add it to the step’s tiers, or ask about another one."))
        return
    try:
        parse_time(exercise.text("at"))
    except ValueError as error:
        yield Flaw(exercise.at("at"), f"{error}.")
        return
    event = exercise_event(exercise, master)
    if event is None:
        what = tr("In the tier “{tier}” no code of the master begins at {at}.", tier=tier, at=exercise.text("at"))
        onsets = [clock(one.onset_us) for one in master.events if one.tier == tier]
        yield Flaw(exercise.at("at"), what, did_you_mean(exercise.text("at"), onsets))
    elif exercise.text("ask") == "onset" and step.stretch is not None and event.onset_us == step.stretch.start_us:
        what = tr("The clip begins there, so nobody can see where this code begins.")
        yield Flaw(exercise.at("at"), what, tr("Ask about another onset, or for the code."))


def _requirement_flaws(node: Node, scheme: Scheme) -> Iterator[Flaw]:
    tier, unknown = _tier(node, "tier", scheme)
    yield from unknown
    if tier is None:
        return
    code, detail, statistic = node.text("code"), node.text("detail"), node.text("statistic")
    if code and code not in (ids := [one.id for one in tier.codes]):
        what = tr("The tier “{tier}” has no code “{code}”.", tier=tier.id, code=code)
        yield Flaw(node.at("code"), what, did_you_mean(code, ids))
    details = list(dict.fromkeys(modifier.id for one in tier.codes for modifier in one.modifiers))
    if detail and detail.partition("=")[0] not in details:
        what = tr("No code of the tier “{tier}” has the detail “{detail}”.", tier=tier.id, detail=detail)
        yield Flaw(node.at("detail"), what, did_you_mean(detail, details) or tr("Remove the line."))
    fitting = _fitting(tier, of_code=bool(code), of_detail=bool(detail))
    if statistic == SPECIFIC and not code and not detail:
        what = tr("“{statistic}” is of one code at a time.", statistic=statistic)
        yield Flaw(node.path, what, tr("Add code = “…”; for several codes, give several requirements."))
    elif statistic and statistic not in fitting:
        what = tr("“{statistic}” is not computed for the tier “{tier}”.", statistic=statistic, tier=tier.id)
        yield Flaw(node.at("statistic"), what, did_you_mean(statistic, fitting))
    unit_ms = node.number("unit_ms")
    units = _units(tier)
    if unit_ms is not None and round(unit_ms * MILLISECOND_US) not in units:
        what = tr("The tier “{tier}” is not compared in units of {ms} ms.", tier=tier.id, ms=unit_ms)
        yield Flaw(node.at("unit_ms"), what, did_you_mean("", [str(unit // MILLISECOND_US) for unit in units]))
    target = node.number("target")
    if target is not None and target > 1 and statistic in fitting and statistic not in _DISTANCES:
        what = tr(
            "{statistic} is at most 1; a target of {target} can never be met.", statistic=statistic, target=target
        )
        yield Flaw(node.at("target"), what, tr("Write 80 % as 0.8."))


def _fitting(tier: Tier, *, of_code: bool, of_detail: bool) -> Sequence[str]:
    """The statistics that are computed of a tier, of one of its codes, or of a detail."""
    if of_detail:
        return FITTING["link"]
    if tier.kind is TierKind.RATING:
        return (*FITTING[tier.kind], MEAN_DIFFERENCE)
    return _OF_A_CODE.get(tier.kind, _OF_A_STATE) if of_code else FITTING[tier.kind]


def _units(tier: Tier) -> Sequence[int]:
    """The units of time in which a tier is compared, in microseconds: those of its targets, or one second."""
    if tier.kind is TierKind.INTERVAL:
        return (tier.every_us,)
    return tuple(dict.fromkeys(one.unit_us for one in tier.targets if one.unit_us)) or (SECOND_US,)


def _mandatory_flaws(group: Node, scheme: Scheme) -> Iterator[Flaw]:
    tier, unknown = _tier(group, "tier", scheme)
    yield from unknown
    if tier is None:
        return
    if tier.kind not in _OF_EVENTS:
        what = tr(
            "In the tier “{tier}” nothing is found or missed, so none of its codes can be mandatory.", tier=tier.id
        )
        yield Flaw(group.at("tier"), what, tr("Ask for a statistic of it instead, in [[rule.requirements]]."))
    ids = [one.id for one in tier.codes]
    for path, code in group.texts("codes"):
        if code not in ids:
            what = tr("The tier “{tier}” has no code “{code}”.", tier=tier.id, code=code)
            yield Flaw(path, what, did_you_mean(code, ids))
        elif tier.code(code).uncodable:
            what = tr("“{code}” stands for time that cannot be coded, and cannot be mandatory.", code=code)
            yield Flaw(path, what, tr("Remove it."))


def _fulfilling_flaws(rule: Node, steps: Sequence[Shown], scheme: Scheme, masters: Masters) -> Iterator[Flaw]:
    """What asks for more than the clips of a test can give."""
    clips, least = (_whole(rule, field, usual) for field, usual in (("clips", 3), ("min_events", 10)))
    if clips < 1:
        return  # told as a mistake of form
    for number in sorted({step.test_set for step in steps if step.kind == "test"}):
        members = [index for index, step in enumerate(steps) if step.kind == "test" and step.test_set == number]
        if len(members) < clips:
            what = plural(
                "Test {number} has {count} clip, and the rule wants {clips} in a row.",
                "Test {number} has {count} clips, and the rule wants {clips} in a row.",
                len(members),
                number=number,
                clips=clips,
            )
            yield Flaw(rule.at("clips"), what, tr("Add clips to the test, or lower “clips”."))
        elif all(index in masters for index in members):
            seen = [_seen(steps[index], scheme, masters[index]) for index in members]
            surely = [_surely(steps[index], scheme, masters[index]) for index in members]
            yield from _too_few(rule, surely, number, clips, least, scheme)
            yield from _never_asked(rule, seen, number, scheme)


def _whole(node: Node, field: str, usual: int) -> int:
    given = node.number(field)
    return usual if given is None else int(given)


def _seen(step: Shown, scheme: Scheme, master: MasterFile) -> Counter[tuple[str, str]]:
    tiers = in_play(step, scheme)
    return Counter((event.tier, event.code) for event in master.events if event.tier in tiers)


def _surely(step: Shown, scheme: Scheme, master: MasterFile) -> Counter[tuple[str, str]]:
    """As `_seen`, without what is as right under another code or unmarked: who codes it so has fewer."""
    only = replace(master, events=tuple(event for event in master.events if not event.either))
    return _seen(step, scheme, only)


def _too_few(
    rule: Node, seen: Sequence[Counter[tuple[str, str]]], number: int, clips: int, least: int, scheme: Scheme
) -> Iterator[Flaw]:
    """Mandatory codes that are too rare even in the run of clips that is best for them."""
    countable = {
        (tier.id, code.id) for tier, code in scheme.codes() if tier.kind in _OF_EVENTS and not code.uncodable
    }
    wanted = [
        (path, (group.text("tier"), code))
        for group in rule.each("codes")
        for path, code in group.texts("codes")
        if (group.text("tier"), code) in countable
    ]
    runs = [sum(seen[at : at + clips], Counter()) for at in range(len(seen) - clips + 1)]
    best = max(runs, key=lambda run: sum(min(run[code], least) for _, code in wanted))
    for path, code in wanted:
        if best[code] < least:
            what = tr(
                "In test {number} the masters have “{code}” {count} times, and the rule wants {least}.",
                number=number,
                code=code[1],
                count=best[code],
                least=least,
            )
            yield Flaw(path, what, tr("Lower min_events, add clips, or take the code out."))


def _never_asked(
    rule: Node, seen: Sequence[Counter[tuple[str, str]]], number: int, scheme: Scheme
) -> Iterator[Flaw]:
    """Requirements about what no clip of a test shows."""
    there = set().union(*seen)
    for node in rule.each("requirements"):
        tier, code = node.text("tier"), node.text("code")
        if not scheme.has_tier(tier) or (code and all(one.id != code for one in scheme.tier(tier).codes)):
            continue
        if not any(own == tier and code in ("", other) for own, other in there):
            what = tr(
                "In test {number} no clip has a code of “{what}” in play, so this can never be met.",
                number=number,
                what=code or tier,
            )
            yield Flaw(node.path, what, tr("Put its tier into play, add a clip that shows it, or remove it."))
