"""When questions of several passes of one session are about the same moment of the film, which counts once."""

from collections import defaultdict
from collections.abc import Iterable

from coder.model.evidence import Question
from coder.model.time import SECOND_US

NEAR_US = SECOND_US
"""Two coders' moments without length that lie nearer are the same."""


def same_moment(one: Question, other: Question) -> bool:
    """Whether two questions of one session are the same, asked of two passes: what answers one answers the other.

    The signal and the code are the same, and the two share more than half of the time that either covers; so at
    most one of another pass's questions about time is the same as a given one.
    """
    if one.pass_id == other.pass_id:
        return one.key == other.key
    if _topic(one) != _topic(other) or one.span.is_moment != other.span.is_moment:
        return False
    if one.span.is_moment:
        return abs(one.span.start_us - other.span.start_us) < NEAR_US
    both = one.span.intersection(other.span)
    shared_us = both.duration_us if both is not None else 0
    return 2 * shared_us > one.span.duration_us + other.span.duration_us - shared_us


def once(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Each moment once, by the first question of one session's that asks about it.

    At most one question of each other pass joins it, the nearest first question it can join.
    """
    kept: dict[tuple[str, ...], list[tuple[Question, set[str]]]] = defaultdict(list)
    found = []
    for one in questions:
        others = kept[_topic(one)]
        same = [each for each in others if one.pass_id not in each[1] and same_moment(one, each[0])]
        if same:
            _, passes = min(same, key=lambda each: abs(each[0].span.start_us - one.span.start_us))
            passes.add(one.pass_id)
        else:
            others.append((one, {one.pass_id}))
            found.append(one)
    return tuple(found)


def _topic(one: Question) -> tuple[str, ...]:
    return one.concern, one.tier, one.code, one.feature
