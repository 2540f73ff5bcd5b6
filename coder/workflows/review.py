"""What is looked at in front of the film: where two coders differ, and what evidence asks of each pass."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder.evidence.moments import once
from coder.evidence.queue import questions
from coder.evidence.rates import answer_to, standing
from coder.evidence.reading import Reading
from coder.language import tr
from coder.model.coding import CodingPass, PassStatus
from coder.model.disagreement import Disagreement, Settlement
from coder.model.evidence import Answer, Question, Ruling
from coder.model.persons import SeenPerson
from coder.model.problem import CodingError, Problem, StoreError
from coder.model.scheme import Evidence, Scheme
from coder.model.study import Coder, Media, Session
from coder.model.track import FeatureTrack
from coder.store import StudyStore
from coder.workflows.blinding import Blinding, refuse_if_blind
from coder.workflows.measured import CURVES, tracks_of
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme
from coder.workflows.settling import Walk, walk
from coder.workflows.who import persons_of

Asked = Disagreement | Question
Decision = Settlement | Ruling


@dataclass(frozen=True)
class Review:
    """One submitted pass, or two of one session, beside the tracks of the session.

    coders, passes: A's, and B's if there are two. walk: what two differ in; None of one pass. tracks: by id of the
    signal; empty where nothing was measured or must not be seen. questions: of all passes, each moment once,
    highest score first. ruled: by (pass id, `Question.key`), the rulings that hold about these questions, or about
    the same moment in the other pass. persons: who is seen in a frame of a film, by its file time; None where
    nobody was measured or must not be seen. remark: why evidence is silent, a sentence; "" if it is not.
    """

    session: Session
    scheme: Scheme
    coders: tuple[Coder, ...]
    passes: tuple[CodingPass, ...]
    films: tuple[tuple[Media, Path], ...]
    tracks: Mapping[str, FeatureTrack]
    walk: Walk | None
    questions: tuple[Question, ...]
    ruled: Mapping[tuple[str, str], Ruling]
    persons: Callable[[Media, int], Sequence[SeenPerson]] | None = None
    remark: str = ""

    @property
    def differences(self) -> tuple[Disagreement, ...]:
        """Where two coders differ, heaviest first."""
        return self.walk.differences if self.walk is not None else ()

    @property
    def curves(self) -> tuple[FeatureTrack, ...]:
        """What is worth a line under the film: what people look at, and what the scheme's rules rest on."""
        ruled = (rule.feature for rule in _rules(self.scheme))
        asked = dict.fromkeys((*CURVES, *ruled, *(one.feature for one in self.questions)))
        return tuple(self.tracks[name] for name in asked if name in self.tracks)

    @property
    def levels(self) -> Mapping[tuple[str, str, str], float]:
        """Where rules decide, by tier, code and id of the signal: in the signal's own unit, of this session.

        A rule on a change has none.
        """
        found: dict[tuple[str, str, str], float] = {}
        for tier, code, rule in _ruled(self.scheme):
            track = self.tracks.get(rule.feature)
            level = Reading(rule, track, self.passes[0].window).level if track is not None else None
            if level is not None:
                found[tier, code, rule.feature] = level
        return found

    @property
    def wrong_and_judged(self) -> tuple[int, int]:
        """How many questions were answered by "the feature is wrong", and how many by this or by its contrary."""
        answers = [one.answer for one in self.ruled.values()]
        wrong = answers.count(Answer.FEATURE_WRONG)
        return wrong, wrong + answers.count(Answer.CODE_WRONG)

    def of(self, about: Asked) -> Decision | None:
        """What holds about a disagreement or a question; what was taken back does not."""
        if isinstance(about, Question):
            return self.ruled.get((about.pass_id, about.key))
        return self.walk.settled.get(about.key) if self.walk is not None else None

    def after(self, decision: Decision) -> "Review":
        """The review once this was decided; the decision is on the disk already."""
        if isinstance(decision, Settlement):
            return replace(self, walk=self.walk.after(decision) if self.walk is not None else None)
        key = (decision.about.pass_id, decision.about.key)
        others = {each: one for each, one in self.ruled.items() if each != key}
        return replace(self, ruled={**others, key: decision} if decision.answer is not None else others)


def review(store: StudyStore, pass_a_id: str, pass_b_id: str = "") -> Review:
    """What there is to look at in one submitted pass, or in two of one session.

    Raises CodingError if a pass is not submitted or blind, or if two cannot be compared.
    """
    walked = walk(store, pass_a_id, pass_b_id) if pass_b_id else None
    passes: tuple[CodingPass, ...]
    coders: tuple[Coder, ...]
    if walked is not None:
        passes, coders = (walked.pass_a, walked.pass_b), (walked.coder_a, walked.coder_b)
        session, scheme, films = walked.session, walked.scheme, walked.films
    else:
        alone = _submitted(store, pass_a_id)
        passes, coders = (alone,), (store.coder(alone.header.coder_id),)
        session = store.session(alone.header.session_id)
        scheme = in_language(frozen_scheme(store, alone.header.scheme))
        films = tuple((media, store.media_path(media)) for media in session.media)
    tracks, remark = _tracks(store, session)
    found = [one for coding in passes for one in questions(coding, scheme, tracks)] if tracks else []
    asked = once(sorted(found, key=lambda one: -one.score))
    holding = tuple(standing(store.rulings(session.id)).values()) if asked else ()
    answers = (((one.pass_id, one.key), answer_to(one, holding)) for one in asked)
    ruled = {key: one for key, one in answers if one is not None}
    seen_in = persons_of(store, session) if tracks else None
    return Review(session, scheme, coders, passes, films, tracks, walked, asked, ruled, seen_in, remark)


def _submitted(store: StudyStore, pass_id: str) -> CodingPass:
    header = store.header(pass_id)
    refuse_if_blind(store, header)
    if header.status is not PassStatus.SUBMITTED:
        what = tr("{coder}’s pass is not submitted yet.", coder=store.coder(header.coder_id).name)
        hint = tr("Evidence is shown beside a pass once it is submitted: until then its coder codes without it.")
        raise CodingError(Problem(what, hint=hint))
    return store.load_pass(pass_id)


def _tracks(store: StudyStore, session: Session) -> tuple[Mapping[str, FeatureTrack], str]:
    """What was measured, and why it is not there."""
    if coders := Blinding.of(store, session.id).still_coding(session.id):
        names = ", ".join(coder.name for coder in coders)
        return {}, tr("Evidence is hidden while this session is still coded by {names}.", names=names)
    try:
        tracks = tracks_of(store, session)
    except StoreError as error:  # what cannot be read is no evidence; the codes are there all the same
        return {}, tr("Evidence is silent: {why}", why=error.problems[0].what)
    return tracks, "" if tracks else tr("Evidence is silent: nothing has been measured in this session.")


def _ruled(scheme: Scheme) -> list[tuple[str, str, Evidence]]:
    of_codes = [(tier.id, code.id, rule) for tier in scheme.tiers for code in tier.codes for rule in code.evidence]
    return of_codes + [("", derived.id, rule) for derived in scheme.derived for rule in derived.evidence]


def _rules(scheme: Scheme) -> list[Evidence]:
    return [rule for _, _, rule in _ruled(scheme)]
