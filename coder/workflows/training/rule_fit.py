"""Whether the tests of a course can meet a rule at all, before it is put in force."""

from collections import Counter
from collections.abc import Iterator

from coder.language import tr
from coder.model.problem import Problem
from coder.model.statistic import BIAS, LATE_LAG, MEAN_DIFFERENCE, MEDIAN_LAG
from coder.model.training import Rule, Step, TakenCourse
from coder.store import StudyStore
from coder.workflows.training.taken import master_of, newest_master, scheme_of

_DISTANCES = (BIAS, MEDIAN_LAG, LATE_LAG, MEAN_DIFFERENCE)


def unmeetable(store: StudyStore, taken: TakenCourse, rule: Rule) -> list[Problem]:
    """What keeps every test of the course from ever being passed, or makes the rule say nothing."""
    course, found = taken.course, []
    fewest = min(len(course.tests(test_set)) for test_set in course.test_sets)
    if not 1 <= rule.clips <= fewest:
        hint = tr("Give 1 to {most} clips.", most=fewest)
        found.append(Problem(tr("A test of this course has {clips} clips.", clips=fewest), course.title, hint))
    if not rule.requirements:
        found.append(Problem(tr("A rule needs at least one requirement."), course.title))
    if rule.min_events < 0 or rule.valid_days < 1 or rule.absence_days < 1:
        found.append(Problem(tr("Days are counted from 1, and events from 0."), course.title))
    if not 0 <= rule.min_sensitivity <= 1:
        found.append(Problem(tr("A share lies between 0 and 1."), course.title))
    found += _beyond_one(taken, rule)
    return found or [*_too_rare(store, taken, rule)]


def _beyond_one(taken: TakenCourse, rule: Rule) -> Iterator[Problem]:
    for asked in rule.requirements:
        if asked.statistic not in _DISTANCES and not asked.target <= 1:  # not a number is not at most 1 either
            what = tr(
                "{statistic} is at most 1; a target of {target} can never be met.",
                statistic=asked.statistic,
                target=asked.target,
            )
            yield Problem(what, taken.course.title, tr("Write 80 % as 0.8."))


def _too_rare(store: StudyStore, taken: TakenCourse, rule: Rule) -> Iterator[Problem]:
    """Mandatory codes that are too rare even in the run of clips that is best for them: nobody could pass."""
    scheme = scheme_of(store, taken)
    for test_set in taken.course.test_sets:
        clips = [_seen(store, taken, step) for step in taken.course.tests(test_set)]
        runs = [sum(clips[at : at + rule.clips], Counter()) for at in range(len(clips) - rule.clips + 1)]
        best = max(runs, key=lambda run: sum(min(run[code], rule.min_events) for code in rule.codes))
        for tier, code in rule.codes:
            times = best[tier, code]
            if times < rule.min_events:
                what = tr(
                    "In test {number} the masters have “{code}” {count} times, and the rule wants {least}.",
                    number=test_set,
                    code=scheme.name_of(tier, code),
                    count=times,
                    least=rule.min_events,
                )
                yield Problem(what, taken.course.title)


def _seen(store: StudyStore, taken: TakenCourse, step: Step) -> Counter[tuple[str, str]]:
    """How often the master has each code and nothing else is as right: who codes that instead has fewer."""
    master = master_of(store, newest_master(store, taken, step.id).id)
    needed = [event for event in master.events if not event.either]
    return Counter((event.tier, event.code) for event in needed if not step.tiers or event.tier in step.tiers)
