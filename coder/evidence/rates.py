"""How often a signal was found wrong, counted from people's rulings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from coder.evidence.concordance import share_of
from coder.evidence.moments import once, same_moment
from coder.model.evidence import Answer, FeatureErrors, Figure, Question, Ruling, Silence


def standing(rulings: Iterable[Ruling]) -> Mapping[tuple[str, str], Ruling]:
    """(pass id, key of the question) -> the ruling that holds, oldest first, as `rulings` are."""
    newest: dict[tuple[str, str], Ruling] = {}
    for one in rulings:
        newest.pop((one.about.pass_id, one.about.key), None)
        newest[one.about.pass_id, one.about.key] = one
    return {key: one for key, one in newest.items() if one.answer is not None}


def still_answers(ruling: Ruling, question: Question) -> bool:
    """Whether a ruling answers a question that is asked today.

    What was said about the code or the film stays true; that a signal is wrong was said of one measurement.
    """
    return ruling.answer is not Answer.FEATURE_WRONG or ruling.about.measured_by == question.measured_by


def answer_to(question: Question, holding: Iterable[Ruling]) -> Ruling | None:
    """The newest ruling that answers a question today, be it said of another pass; None if it is open.

    holding: those of the session that stand, oldest first.
    """
    said = [one for one in holding if same_moment(one.about, question) and still_answers(one, question)]
    return said[-1] if said else None


def feature_errors(
    rulings: Iterable[Ruling], sessions: Mapping[str, str], measured: Mapping[str, Collection[str]]
) -> tuple[FeatureErrors, ...]:
    """Per code and signal, by tier and code; what was said of one moment in several passes counts once, as last.

    sessions: pass id -> id of its session. measured: id of a session -> what it is measured by today.
    """
    counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_session: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in standing(rulings).values():
        by_session[sessions.get(ruling.about.pass_id, "")].append(ruling)
    for session, said in by_session.items():
        today = [one.about.measured_by in measured.get(session, ()) for one in said]
        order = sorted(range(len(said)), key=lambda at: (today[at], at), reverse=True)
        places = {(said[at].about.pass_id, said[at].about.key): at for at in order}
        for about in once(said[at].about for at in order):
            at = places[about.pass_id, about.key]
            counts[about.tier, about.code, about.feature][str(said[at].answer) if today[at] else "outdated"] += 1
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
