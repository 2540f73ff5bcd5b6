"""How often a signal was found wrong, counted from people's rulings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from coder.evidence.concordance import share_of
from coder.model.evidence import Answer, FeatureErrors, Figure, Question, Ruling, Silence


def standing(rulings: Iterable[Ruling]) -> Mapping[tuple[str, str], Ruling]:
    """(pass id, key of the question) -> the ruling that holds. rulings: oldest first."""
    newest = {(one.about.pass_id, one.about.key): one for one in rulings}
    return {key: one for key, one in newest.items() if one.answer is not None}


def still_answers(ruling: Ruling, question: Question) -> bool:
    """Whether a ruling answers a question that is asked today.

    What was said about the code or the film stays true; that a signal is wrong was said of one measurement.
    """
    return ruling.answer is not Answer.FEATURE_WRONG or ruling.about.measured_by == question.measured_by


def feature_errors(
    rulings: Iterable[Ruling], measured: Mapping[str, Collection[str]]
) -> tuple[FeatureErrors, ...]:
    """Per code and signal, by tier and code. measured: pass id -> what its session is measured by today."""
    counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for ruling in standing(rulings).values():
        about = ruling.about
        today = about.measured_by in measured.get(about.pass_id, ())
        counts[about.tier, about.code, about.feature][str(ruling.answer) if today else "outdated"] += 1
    return tuple(_errors(*key, counts[key]) for key in sorted(counts))


def _errors(tier: str, code: str, feature: str, count: Mapping[str, int]) -> FeatureErrors:
    wrong = count.get(Answer.FEATURE_WRONG, 0)
    judged = wrong + count.get(Answer.CODE_WRONG, 0)
    return FeatureErrors(
        tier=tier,
        code=code,
        feature=feature,
        wrong=wrong,
        judged=judged,
        undecided=count.get(Answer.UNCLEAR, 0) + count.get(Answer.UNKNOWN, 0),
        outdated=count.get("outdated", 0),
        rate=share_of(wrong, judged) if judged else Figure(why=Silence.FEW),
    )
