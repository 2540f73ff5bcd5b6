"""Walking what two submitted passes differ in, and settling it: each verdict is on the disk before it is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from coder.language import tr
from coder.model.coding import CodingPass, PassHeader, PassStatus
from coder.model.disagreement import Disagreement, Settlement, Verdict
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme
from coder.model.study import Coder, Media, Purpose, Session
from coder.reliability import disagreements, not_comparable
from coder.store import StudyStore
from coder.workflows.blinding import refuse_if_blind
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme
from coder.workflows.settled import Settled


@dataclass(frozen=True)
class Walk:
    """Two submitted passes of one session and all that they differ in, heaviest first.

    scheme: in the language that is spoken. films: the session's films and where each lies. settled: by
    `Disagreement.key`, the newest verdict about each difference that there still is; one that was taken back is
    not among them. outdated: verdicts about differences that are no more, because a pass was reopened and changed;
    they count for nothing. consensus: the pass that was made of these two, None if there is none yet.
    """

    session: Session
    scheme: Scheme
    coder_a: Coder
    coder_b: Coder
    pass_a: CodingPass
    pass_b: CodingPass
    films: tuple[tuple[Media, Path], ...]
    differences: tuple[Disagreement, ...]
    settled: Mapping[str, Settlement]
    outdated: tuple[Settlement, ...] = ()
    consensus: PassHeader | None = None

    @property
    def open(self) -> tuple[Disagreement, ...]:
        """What is not settled yet, heaviest first."""
        return tuple(one for one in self.differences if one.key not in self.settled)

    def after(self, settlement: Settlement) -> "Walk":
        """The walk once this was decided; the settlement is on the disk already."""
        others = {key: one for key, one in self.settled.items() if key != settlement.about.key}
        if settlement.verdict is not None:
            others[settlement.about.key] = settlement
        return replace(self, settled=others)


def walk(store: StudyStore, pass_a_id: str, pass_b_id: str) -> Walk:
    """The differences of two passes, A and B, with what was settled about them, whichever of them was A then.

    Raises CodingError if the passes cannot be compared, or not both are submitted.
    """
    headers = store.header(pass_a_id), store.header(pass_b_id)
    _refuse_if_blind(store, *headers)
    _require_submitted(store, *headers)
    pass_a, pass_b = store.load_pass(pass_a_id), store.load_pass(pass_b_id)
    scheme = in_language(frozen_scheme(store, pass_a.header.scheme))
    if why := not_comparable(pass_a, pass_b, scheme):
        raise CodingError(Problem(why))
    session = store.session(pass_a.header.session_id)
    found = disagreements(pass_a, pass_b, scheme)
    settled, outdated = sorted_out(Settled(store, session.id).about(pass_a_id, pass_b_id), found)
    return Walk(
        session,
        scheme,
        store.coder(pass_a.header.coder_id),
        store.coder(pass_b.header.coder_id),
        pass_a,
        pass_b,
        tuple((media, store.media_path(media)) for media in session.media),
        found,
        settled,
        outdated,
        consensus_of(store, pass_a.header, pass_b.header),
    )


def settle(
    store: StudyStore, walked: Walk, about: Disagreement, verdict: Verdict, note: str = "", *, actor: str
) -> Settlement:
    """Decide about one difference of a walk; on the disk when this returns. A later verdict replaces it.

    actor: id of the coder who settles it. Raises CodingError if a pass is not submitted any more, or if they
    do not differ in this.
    """
    return _decide(store, walked, about, verdict, note.strip(), actor)


def take_back(store: StudyStore, walked: Walk, about: Disagreement, *, actor: str) -> Settlement:
    """Open a settled difference again; what was decided before stays in the study, with this after it.

    Raises CodingError if it is not settled, or as `settle` does.
    """
    if about.key not in walked.settled:
        raise CodingError(Problem(tr("This difference is not settled, so there is nothing to take back.")))
    return _decide(store, walked, about, None, "", actor)


def sorted_out(
    settlements: Iterable[Settlement], differences: Iterable[Disagreement]
) -> tuple[dict[str, Settlement], tuple[Settlement, ...]]:
    """What is settled, by `Disagreement.key`, and the verdicts about differences that are no more.

    settlements: oldest first.
    """
    newest = {settlement.about.key: settlement for settlement in settlements}
    standing = {key: one for key, one in newest.items() if one.verdict is not None}
    there = {one.key for one in differences}
    settled = {key: one for key, one in standing.items() if key in there}
    return settled, tuple(one for key, one in standing.items() if key not in there)


def consensus_of(store: StudyStore, a: PassHeader, b: PassHeader) -> PassHeader | None:
    """The consensus that was made of two passes, whoever made it."""
    made = (
        header
        for header in store.passes(a.session_id)
        if header.purpose is Purpose.CONSENSUS and set(header.made_from) == {a.id, b.id}
    )
    return next(made, None)


def _decide(
    store: StudyStore, walked: Walk, about: Disagreement, verdict: Verdict | None, note: str, actor: str
) -> Settlement:
    a, b = walked.pass_a.header.id, walked.pass_b.header.id
    _require_submitted(store, store.header(a), store.header(b))
    if all(about.key != one.key for one in walked.differences):
        what = tr("The two passes do not differ in this any more, so it was not settled.")
        raise CodingError(Problem(what, hint=tr("Open the walk again.")))
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    settlement = Settlement(str(uuid4()), a, b, about, verdict, note, actor, at)
    store.add_settlement(settlement)
    return settlement


def _require_submitted(store: StudyStore, *headers: PassHeader) -> None:
    for header in headers:
        if header.status is not PassStatus.SUBMITTED:
            _refuse_if_blind(store, *headers)  # looks through the whole study, so not at each verdict
            what = tr("{coder}’s pass is not submitted yet.", coder=store.coder(header.coder_id).name)
            hint = tr("Differences are looked at when both coders have submitted: until then each is blind.")
            raise CodingError(Problem(what, hint=hint))


def _refuse_if_blind(store: StudyStore, *headers: PassHeader) -> None:
    for header in headers:
        if header.status is PassStatus.SUBMITTED:
            refuse_if_blind(store, header)
