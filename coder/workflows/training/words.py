"""Training in words: differences, answers to exercises, steps and standing; habits and the rule from beside it.

The one home of these words, for windows, command line and PDF. Schemes are in the language that is spoken.
"""

from datetime import date, timedelta

from coder.language import later, tr
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.scheme import NOT_RATED, Scheme, TierKind
from coder.model.time import SECOND_US
from coder.model.training import Ask, Standing, StepKind
from coder.training.differences import Difference
from coder.training.exercises import Grade, Judged
from coder.training.habits_of_ratings import is_turned
from coder.workflows.training.cohort_sentences import alert_words, damaged_words, stuck_words
from coder.workflows.training.habit_sentences import detail_name, pattern_words, value_name
from coder.workflows.training.rule_sentences import (
    criterion_words,
    decision_words,
    requirement_name,
    requirement_words,
    rule_words,
)

__all__ = [
    "alert_words",
    "criterion_words",
    "damaged_words",
    "decision_words",
    "difference_words",
    "judged_words",
    "kind_word",
    "pattern_words",
    "praise",
    "requirement_name",
    "requirement_words",
    "rule_words",
    "standing_words",
    "step_kind_word",
    "step_state_word",
    "stuck_words",
]

_ENOUGH = 10
_KINDS = {
    DisagreementKind.MISSED: later("missed"),
    DisagreementKind.EXTRA: later("extra"),
    DisagreementKind.CODE: later("other code"),
    DisagreementKind.EARLY: later("early"),
    DisagreementKind.LATE: later("late"),
    DisagreementKind.MODIFIER: later("detail"),
    DisagreementKind.RATING: later("rating"),
}
_STEPS = {
    StepKind.GUIDED: later("Watch"),
    StepKind.PRACTICE: later("Practice"),
    StepKind.TEST: later("Test"),
}
_STATES = {"locked": later("locked"), "open": later("open"), "begun": later("begun"), "done": later("done")}
_STANDINGS = {
    Standing.IN_TRAINING: later("In training"),
    Standing.FAILED: later("Test not passed"),
    Standing.CERTIFIED: later("Certified"),
    Standing.DUE_SOON: later("Certified, re-check due soon"),
    Standing.EXPIRED: later("Certificate expired"),
    Standing.ABSENT: later("Re-check due: not coded for too long"),
}


def kind_word(kind: DisagreementKind) -> str:
    """`missed`, `other code`: the class of a difference, for a list."""
    return tr(_KINDS[kind])


def difference_words(difference: Difference, scheme: Scheme) -> str:
    """One sentence: what the master has and what you have."""
    one = difference.about
    if scheme.tier(one.tier).kind is TierKind.RATING:
        return _rating(one, scheme)
    if one.kind is DisagreementKind.MODIFIER:
        return tr(
            "“{code}”, {detail}: the master has “{master}”, you have “{own}”.",
            code=_name(one, one.code_a, scheme),
            detail=detail_name(scheme, one.tier, one.detail),
            master=value_name(scheme, one.tier, one.detail, one.value_a),
            own=value_name(scheme, one.tier, one.detail, one.value_b),
        )
    if difference.lag_us is not None:
        return _timed(one, difference.lag_us, scheme)
    if one.kind is DisagreementKind.MISSED:
        return _missed(one, scheme)
    return _beside(one, scheme)


def _beside(one: Disagreement, scheme: Scheme) -> str:
    """Two codes side by side, or one that the master does not have."""
    words = {"master": _name(one, one.code_a, scheme), "own": _name(one, one.code_b, scheme)}
    if one.kind is not DisagreementKind.EXTRA:
        return tr("The master has “{master}”, you have “{own}”.", **words)
    if one.code_a is None:
        return tr("You have “{own}”, the master has nothing.", **words)
    return tr("You have “{own}”; the master goes on with “{master}”.", **words)


def _name(one: Disagreement, code: str | None, scheme: Scheme) -> str:
    return tr("nothing") if code is None else scheme.name_of(one.tier, code)


def _missed(one: Disagreement, scheme: Scheme) -> str:
    master, lasts = _name(one, one.code_a, scheme), f"{one.span.duration_us / SECOND_US:.2f}"
    if one.span.is_moment:
        return tr("“{master}” is missing.", master=master)
    if one.code_b is None:
        return tr("“{master}” is missing; it lasts {lasts} s.", master=master, lasts=lasts)
    own = _name(one, one.code_b, scheme)
    return tr("“{master}” is missing; it lasts {lasts} s. You have “{own}”.", master=master, lasts=lasts, own=own)


def _timed(one: Disagreement, lag_us: int, scheme: Scheme) -> str:
    """Which change lies elsewhere: of the two codes there, the one that is there too early or not yet."""
    begins, ends = (one.code_a, one.code_b) if lag_us > 0 else (one.code_b, one.code_a)
    by = f"{abs(lag_us) / SECOND_US:.2f}"
    code = _name(one, begins if begins is not None else ends, scheme)
    if begins is not None:
        if lag_us > 0:
            return tr("You begin “{code}” {by} s late.", code=code, by=by)
        return tr("You begin “{code}” {by} s early.", code=code, by=by)
    if lag_us > 0:
        return tr("You end “{code}” {by} s late.", code=code, by=by)
    return tr("You end “{code}” {by} s early.", code=code, by=by)


def _rating(one: Disagreement, scheme: Scheme) -> str:
    scale = scheme.tier(one.tier).scale
    item = _name(one, one.code_a or one.code_b, scheme)
    master, own = _rated(one, one.value_a, scheme), _rated(one, one.value_b, scheme)
    said = tr("“{item}”: the master rates {master}, you rate {own}.", item=item, master=master, own=own)
    if one.code_b is None:
        return tr("“{item}”: the master rates {master}, you have no rating.", item=item, master=master)
    if one.code_a is None:
        return tr("“{item}”: you rate {own}, the master has no rating.", item=item, own=own)
    if scale is not None and one.apart and is_turned(int(one.value_a), int(one.value_b), scale):
        return tr("{said} Did you read the scale the wrong way round?", said=said)
    return said


def _rated(one: Disagreement, value: str, scheme: Scheme) -> str:
    scale = scheme.tier(one.tier).scale
    if value != NOT_RATED:
        return value
    return tr("“{code}”", code=scale.na) if scale is not None and scale.na else tr("nothing")


def praise(events: int, differing: int) -> str:
    """What is said where no habit shows. events: how many the master has; differing: how many differences.

    Praise is for who differs in no more than one of ten; to others it is said what was looked for and not found.
    """
    if not differing:
        return tr("You and the master differ nowhere that matters. Well coded.")
    if events < _ENOUGH:
        return tr("No habit can be told from so little; look at each difference in the list.")
    if _ENOUGH * differing <= events:
        return tr("Well coded: only a few differences, and no habit behind them.")
    return tr("No habit stands out, but there are differences: look at each of them in the list.")


def judged_words(judged: Judged, scheme: Scheme) -> str:
    """What is said to an answer beside right or not: what is right, how far off."""
    tier = judged.exercise.tier
    if judged.exercise.ask is Ask.CODE:
        names = [tr("“{code}”", code=scheme.name_of(tier, code)) for code in judged.codes]
        if len(names) == 1:
            return tr("It is {code}.", code=names[0])
        return tr("Right are: {codes}.", codes=", ".join(names))
    return _onset(judged, scheme.name_of(tier, judged.event.code))


def _onset(judged: Judged, code: str) -> str:
    off = f"{abs(judged.off_us) / SECOND_US:.2f}"
    if not judged.off_us:
        return tr("“{code}” begins there.", code=code)
    if judged.grade is Grade.RIGHT:
        if judged.off_us > 0:
            return tr("{off} s after the master: as near as marks should be.", off=off)
        return tr("{off} s before the master: as near as marks should be.", off=off)
    if judged.off_us > 0:
        return tr("“{code}” begins {off} s earlier.", code=code, off=off)
    return tr("“{code}” begins {off} s later.", code=code, off=off)


def step_kind_word(kind: StepKind) -> str:
    """`Watch`, `Practice`, `Test`."""
    return tr(_STEPS[kind])


def step_state_word(state: str) -> str:
    """`locked`, `open`, `begun`, `done` for a person; `state` is the value of `progress.StepState`."""
    return tr(_STATES[state])


def standing_words(standing: Standing, due_on: date | None = None) -> str:
    """Where a coder stands today. due_on: the first day that needs a re-check."""
    said = tr(_STANDINGS[standing])
    if due_on is None or standing not in (Standing.CERTIFIED, Standing.DUE_SOON):
        return said
    return tr("{said}, until {day}", said=said, day=(due_on - timedelta(1)).isoformat())
