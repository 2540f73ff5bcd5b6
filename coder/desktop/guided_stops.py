"""Where the film stops in a guided step, and what is asked afterwards: arithmetic on the master, without Qt."""

from collections.abc import Iterator
from dataclasses import dataclass

from coder.annotate.view.layout import row_tiers
from coder.model.coding import Event
from coder.model.scheme import NOT_RATED, RATING, Code, Tier, TierKind
from coder.model.time import SECOND_US, Span
from coder.model.training import Ask, Exercise
from coder.training.exercises import Grade, Judged, judged
from coder.workflows.training.results import Watched

_BEFORE_US, _AFTER_US = SECOND_US, SECOND_US
_LONGEST_US = 3 * SECOND_US  # of a long state only its beginning is played again
_SEARCHED_US, _LEAST_RUN_UP_US, _VARIED_US = 5 * SECOND_US, 2 * SECOND_US, 2 * SECOND_US


@dataclass(frozen=True)
class Stop:
    """An event of the master. at_us: where the film stands while it is explained. around: what shows it again."""

    event: Event
    tier: Tier
    code: Code
    at_us: int
    around: Span


@dataclass(frozen=True)
class Question:
    """An exercise, and the event that it is about.

    begin_us: where the film is put. loop: what may be played. holds_at_start: the clip begins with it.
    """

    exercise: Exercise
    stop: Stop
    begin_us: int
    loop: Span
    holds_at_start: bool = False

    @property
    def rates(self) -> bool:
        """True if the answer is a number of the tier's scale."""
        return self.stop.tier.kind is TierKind.RATING


def in_play(watched: Watched) -> frozenset[str]:
    """The ids of the tiers that the step is about."""
    return frozenset(watched.step.tiers) or frozenset(tier.id for tier in watched.scheme.tiers)


def stops(watched: Watched) -> tuple[Stop, ...]:
    """Every event of the tiers in play, in the order in which a film that runs comes to them.

    A state or a point is explained where it begins; an interval or a rating where what it sums up has been seen.
    """
    tiers, within = in_play(watched), watched.coding.window
    rows = [tier for tier in row_tiers(watched.scheme) if tier.id in tiers]
    found = [_stop(event, tier, within) for tier in rows for event in watched.coding.row(tier.id)]
    places = {tier.id: place for place, tier in enumerate(rows)}
    return tuple(sorted(found, key=lambda one: (one.at_us, places[one.tier.id], one.tier.codes.index(one.code))))


def questions(watched: Watched, all_stops: tuple[Stop, ...]) -> tuple[Question, ...]:
    """What is asked, in the order of the exercises; of a rated segment each item apart."""
    found: dict[tuple[Ask, str], Question] = {}
    for exercise in watched.exercises:
        for stop in _asked(exercise, all_stops):
            found.setdefault((exercise.ask, stop.event.id), _question(exercise, stop, watched))
    return tuple(found.values())


def judge(question: Question, answer: str | int, watched: Watched) -> Judged:
    """What an answer is worth. answer: a code's id, a rating, or for an onset where it begins (session clock)."""
    if not question.rates:
        return judged(question.exercise, answer, watched.master, watched.scheme)
    event = question.stop.event
    right, given = event.modifier(RATING) or NOT_RATED, str(answer)
    numbers = NOT_RATED not in (right, given)
    grade = Grade.RIGHT if given == right else Grade.WRONG
    if numbers and abs(int(given) - int(right)) == 1:
        grade = Grade.NEAR
    return Judged(question.exercise, grade, event, (event.code,))


def _stop(event: Event, tier: Tier, window: Span) -> Stop:
    if tier.kind in (TierKind.STATE, TierKind.POINT):
        end_us = min(max(event.offset_us, event.onset_us + _AFTER_US), event.onset_us + _LONGEST_US)
        around = _kept(event.onset_us - _BEFORE_US, end_us, window)
        return Stop(event, tier, tier.code(event.code), event.onset_us, around)
    last_us = max(event.offset_us - 1, event.onset_us)
    return Stop(event, tier, tier.code(event.code), last_us, event.span)


def _asked(exercise: Exercise, all_stops: tuple[Stop, ...]) -> Iterator[Stop]:
    """The events that an exercise is about: one, or every item of a rated segment."""
    there = [one for one in all_stops if one.tier.id == exercise.tier and one.event.onset_us == exercise.at_us]
    yield from there if there and there[0].tier.kind is TierKind.RATING else there[:1]


def _question(exercise: Exercise, stop: Stop, watched: Watched) -> Question:
    window, event = watched.coding.window, stop.event
    if exercise.ask is Ask.CODE:
        return Question(exercise, stop, event.onset_us, stop.around, event.onset_us <= window.start_us)
    same = [one for one in watched.coding.row(stop.tier.id) if one.code == event.code and one.id != event.id]
    over_us = max((_over(one, event) for one in same if one.onset_us < event.onset_us), default=window.start_us)
    next_us = min((one.onset_us for one in same if one.onset_us > event.onset_us), default=window.end_us)
    # the same code must not begin twice in what is played, or the question would have two answers
    # where in the stretch the onset lies differs from event to event, or it could be told without looking
    run_up_us = _LEAST_RUN_UP_US + event.onset_us * 7919 % _VARIED_US
    start_us = max(event.onset_us - run_up_us, min(over_us, event.onset_us))
    end_us = min(event.onset_us - run_up_us + _SEARCHED_US, max(next_us, event.onset_us + 1))
    loop = _kept(start_us, end_us, window)
    return Question(exercise, stop, loop.start_us, loop)


def _over(before: Event, event: Event) -> int:
    """Where an event before is out of sight: a moment has no end, so halfway to this one."""
    return (before.onset_us + event.onset_us) // 2 if before.span.is_moment else before.offset_us


def _kept(start_us: int, end_us: int, window: Span) -> Span:
    start_us = max(start_us, window.start_us)
    return Span(start_us, max(min(end_us, window.end_us), start_us))
