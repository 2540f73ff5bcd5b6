"""How one trainee is learning in one course: curves, confusions, habits over all attempts that may be shown."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from coder.language import tr
from coder.model.agreement import Agreement
from coder.model.progress import Progress
from coder.model.scheme import Scheme
from coder.model.statistic import F1, KAPPA, WEIGHTED_KAPPA
from coder.model.study import Coder
from coder.model.training import Score, TakenCourse
from coder.store import StudyStore
from coder.training.curve import LearningCurve, learning_curves
from coder.training.patterns import Beside, Pattern, Place, patterns
from coder.training.scoring import pooled
from coder.training.trends import trends
from coder.workflows.steps import Steps, finish
from coder.workflows.training.results import Compared, compared, shown
from coder.workflows.training.taken import scheme_of


@dataclass(frozen=True)
class Learning:
    """One trainee in one course.

    scheme: in the language that is spoken. scores: of the attempts that may be shown, in the order of submission.
    confusions: what the master (rows) has and the trainee (columns), one table for each tier and each detail, over
    all attempts; events, not seconds. habits: weightiest first, then what changes from attempt to attempt; their
    places say which of `scores`.
    """

    taken: TakenCourse
    coder: Coder
    scheme: Scheme
    scores: tuple[Score, ...]
    curves: tuple[LearningCurve, ...]
    confusions: tuple[Agreement, ...]
    habits: tuple[Pattern, ...]


def learning(store: StudyStore, taken: TakenCourse, coder_id: str) -> Learning:
    """`learning_steps`, run to its end."""
    return finish(learning_steps(store, taken, coder_id))


def learning_steps(store: StudyStore, taken: TakenCourse, coder_id: str) -> Steps[Learning]:
    """Score every attempt of a trainee that may be shown; nothing of a test that is not done is among them."""
    coder, scheme = store.coder(coder_id), scheme_of(store, taken)
    attempts = shown(store, taken, coder_id)
    found: list[Compared] = []
    for number, one in enumerate(attempts):
        yield Progress(number, len(attempts), tr("Comparing with the master"))
        found.append(compared(store, taken, one))
    yield Progress(len(attempts), len(attempts), tr("Putting the attempts together"))
    scores = tuple(one.score for one in found)
    return Learning(
        taken,
        coder,
        scheme,
        scores,
        learning_curves(scores, taken.rule),
        _confusions(scores, scheme),
        _habits(found, scheme),
    )


def _confusions(scores: Sequence[Score], scheme: Scheme) -> tuple[Agreement, ...]:
    """The tables of events with the master, tier by tier, then of details."""
    ratings = {tier.id for tier in scheme.tiers if tier.scale is not None}

    def is_table(one: Agreement) -> bool:
        if one.code is not None or one.confusion is None:
            return False
        if one.detail:
            return one.statistic == KAPPA
        return one.statistic == (WEIGHTED_KAPPA if one.tier in ratings else F1)

    return pooled(replace(score, agreements=tuple(filter(is_table, score.agreements))) for score in scores)


_Find = Callable[[Sequence[Beside], Scheme, Sequence[str]], tuple[Pattern, ...]]


def _habits(found: Sequence[Compared], scheme: Scheme) -> tuple[Pattern, ...]:
    """Each tier over the attempts in which it was in play; tiers that share them are looked at together."""
    in_play: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
    for tier in scheme.tiers:
        numbers = [at for at, one in enumerate(found) if not one.step.tiers or tier.id in one.step.tiers]
        in_play[tuple(numbers)].append(tier.id)

    def over(find: _Find) -> Iterator[Pattern]:
        for numbers, tiers in in_play.items():
            clips = [Beside(found[at].master, found[at].coding) for at in numbers]
            for one in find(clips, scheme, tiers) if clips else ():
                places = tuple(Place(numbers[place.clip], place.span) for place in one.places)
                yield replace(one, places=places)

    return (*sorted(over(patterns), key=lambda one: (-one.weight_us, one.chance)), *over(trends))
