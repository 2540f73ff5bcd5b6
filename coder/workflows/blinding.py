"""Who is blind to what: of a session that is coded twice, nobody sees anything before everybody has submitted.

A session is coded twice with a scheme if two coders are to code it for reliability (a main or a reliability pass),
by an assignment or because they have begun. The program knows no accounts: it hides what has been coded from
whoever sits before it, and cannot know who that is. What is coded in a test of a course is hidden in the same way,
until everybody who is in the course is done with the test.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from coder.language import later, tr
from coder.model.coding import PassHeader, PassStatus
from coder.model.problem import CodingError, Problem
from coder.model.study import Assignment, Coder, Purpose
from coder.store import StatusChange, StudyStore
from coder.workflows.names import names_of
from coder.workflows.remarks import Remark
from coder.workflows.training.history import UnderTest, under_test

COUNTED = (Purpose.MAIN, Purpose.RELIABILITY)
_HIDDEN = (*COUNTED, Purpose.CONSENSUS)

_REOPENED = later(
    "{coder} reopened the pass with “{scheme}” after comparison was possible; what was changed then was not blind."
)


@dataclass(frozen=True)
class Blinding:
    """What is blind in a study at one moment: read once, asked for every session and scheme.

    waiting: (session id, name of the scheme) -> ids of the coders whose submission is waited for; only what is
    blind is in it. undone: the same of every session and scheme, whether or not anybody else codes it. store:
    asked for the names of sessions. training: what tests of courses hide.
    """

    waiting: dict[tuple[str, str], tuple[str, ...]]
    undone: dict[tuple[str, str], tuple[str, ...]]
    coders: dict[str, Coder]
    store: StudyStore = field(repr=False, compare=False)
    training: UnderTest = field(default_factory=UnderTest)

    @classmethod
    def of(cls, store: StudyStore, session_id: str | None = None) -> "Blinding":
        """What is blind in the study, or in one session."""
        headers = store.passes(session_id)
        assigned = store.assignments(session_id)
        withdrawn = store.assignments(session_id, withdrawn=True)
        coders = {coder.id: coder for coder in store.coders()}
        places = list(coders)
        who = _who_codes(headers, assigned, withdrawn)
        undone = {
            place: waited
            for place, everybody in who.items()
            if (waited := tuple(sorted(_not_done(everybody), key=places.index)))
        }
        waiting = {place: waited for place, waited in undone.items() if len(who[place]) > 1}
        return cls(waiting, undone, coders, store, under_test(store))

    def waiting_for(self, session_id: str, scheme_name: str) -> tuple[Coder, ...]:
        """Whose submission a session waits for with a scheme; () if nothing is blind."""
        return tuple(self.coders[who] for who in self.waiting.get((session_id, scheme_name), ()))

    def hides(self, header: PassHeader) -> bool:
        """True if nothing of what this pass holds may be shown to others.

        Nor of a consensus: a third coder who came later has not submitted, and it holds what the others coded.
        """
        if header.id in self.training.passes:
            return True
        return header.purpose in _HIDDEN and (header.session_id, header.scheme.name) in self.waiting

    def hides_curves(self, session_id: str) -> bool:
        """True if what was measured in a session's pictures must not be seen, because somebody still codes it.

        Also if nobody else does: whoever sees what a machine thinks of a film codes it otherwise.
        """
        return bool(self.still_coding(session_id))

    def still_coding(self, session_id: str) -> tuple[Coder, ...]:
        """Who has not submitted what they code, or are to code, in a session, with whatever scheme."""
        everything = (*self.undone.items(), *self.training.coding.items(), *self.training.clips.items())
        found = {who for (session, _), undone in everything if session == session_id for who in undone}
        return tuple(coder for coder in self.coders.values() if coder.id in found)

    def awaits(self, session_id: str) -> bool:
        """True if somebody is still to submit there what counts for reliability; attempts of training do not."""
        return any(session == session_id for session, _ in self.undone)

    def problem(self, header: PassHeader) -> Problem:
        """Why nothing of a pass is shown, whom one waits for, and what would end it."""
        if header.id in self.training.passes:
            return _test_problem(
                self._names[header.session_id], [self.coders[who] for who in self.training.passes[header.id]]
            )
        return blind_problem(
            self._names[header.session_id],
            header.scheme.name,
            self.waiting_for(header.session_id, header.scheme.name),
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        """What the sessions are called: only asked for where something is blind."""
        return {session.id: session.name for session in self.store.sessions()}

    def shown(self, headers: Iterable[PassHeader]) -> tuple[PassHeader, ...]:
        """Those of some passes that may be seen; what is left out `withheld` tells.

        Raises CodingError, one sentence for each session and scheme, if all of them are blind.
        """
        asked = tuple(headers)
        seen = tuple(header for header in asked if not self.hides(header))
        if asked and not seen:
            raise CodingError(*dict.fromkeys(self.problem(header) for header in asked))
        return seen


def waiting_for(store: StudyStore, session_id: str, scheme_name: str) -> tuple[Coder, ...]:
    """Whose submission a session waits for with a scheme before anything is shown; () if none is blind."""
    return Blinding.of(store, session_id).waiting_for(session_id, scheme_name)


def refuse_if_blind(store: StudyStore, header: PassHeader) -> None:
    """Raise CodingError if a pass is one of several of its session and scheme that are not all submitted."""
    Blinding.of(store, header.session_id).shown((header,))


def refuse_if_seen_blind(store: StudyStore, header: PassHeader) -> None:
    """As `refuse_if_blind`, but not for whoever goes on with a coding of their own, which is open."""
    if not is_own_coding(header):
        refuse_if_blind(store, header)


def is_own_coding(header: PassHeader) -> bool:
    """True for an open pass that only its coder has a hand in: a consensus is made of what others coded."""
    return header.status is PassStatus.OPEN and header.purpose is not Purpose.CONSENSUS


def withheld(store: StudyStore, *, session: str = "", coder: str = "") -> tuple[Problem, ...]:
    """What lists of passes leave out because it is blind: one sentence for each session and scheme.

    session, coder: the names that the list is limited to, if it is.
    """
    blinding, named = Blinding.of(store), names_of(store)
    hidden = []
    for header in store.passes():
        of_session, of_coder = named(header)
        if blinding.hides(header) and session in ("", of_session, header.session_id) and coder in ("", of_coder):
            hidden.append(blinding.problem(header))
    return tuple(dict.fromkeys(hidden))


def reopened_after_comparison(
    changes: Iterable[StatusChange], pass_a_id: str, pass_b_id: str
) -> tuple[StatusChange, ...]:
    """The reopenings of two passes that were compared, or could have been: both were submitted then.

    changes: of their session, in order of time, as `StudyStore.status_changes` gives them.
    """
    status = {pass_a_id: PassStatus.OPEN, pass_b_id: PassStatus.OPEN}
    found = []
    for change in changes:
        if change.pass_id not in status:
            continue
        if change.status is PassStatus.OPEN and set(status.values()) == {PassStatus.SUBMITTED}:
            found.append(change)
        status[change.pass_id] = change.status
    return tuple(found)


def reopened_remarks(store: StudyStore, session_id: str, pass_a_id: str, pass_b_id: str) -> tuple[Remark, ...]:
    """For each of two passes that was reopened after comparison was possible, the sentence that says so."""
    reopened = reopened_after_comparison(store.status_changes(session_id), pass_a_id, pass_b_id)
    headers = [store.header(pass_id) for pass_id in dict.fromkeys(change.pass_id for change in reopened)]
    return tuple(
        Remark(
            store.session(session_id).name,
            _REOPENED,
            {"coder": store.coder(header.coder_id).name, "scheme": header.scheme.name},
        )
        for header in headers
    )


def blind_problem(session: str, scheme: str, waited: tuple[Coder, ...]) -> Problem:
    """The sentence for what is blind. waited: those who have not submitted."""
    names = ", ".join(coder.name for coder in waited)
    what = tr(
        "“{session}” is coded twice with “{scheme}”, and nobody sees anything of it before all have submitted; "
        "missing: {names}.",
        session=session,
        scheme=scheme,
        names=names,
    )
    return Problem(what, hint=tr("Wait for the submission, or withdraw the assignment under Who codes what."))


def _test_problem(session: str, waited: Iterable[Coder]) -> Problem:
    what = tr(
        "“{session}” is a clip of a test, and nothing of it is shown before all who take the course are done with "
        "the test; missing: {names}.",
        session=session,
        names=", ".join(coder.name for coder in waited),
    )
    return Problem(what, hint=tr("What came of a test that is done is shown on the page of its course."))


def _who_codes(
    headers: Iterable[PassHeader], assigned: Iterable[Assignment], withdrawn: Iterable[Assignment]
) -> dict[tuple[str, str], dict[str, bool]]:
    """For each session and scheme: who codes it, and whether all that they have begun is submitted."""
    counted = [header for header in headers if header.purpose in COUNTED]
    replaced = gone_on(counted)
    holds = {_task(one) for one in assigned if one.purpose in COUNTED}
    set_aside = {_task(one) for one in withdrawn if one.purpose in COUNTED} - holds
    begun: dict[tuple[str, str, str, Purpose], list[PassStatus]] = defaultdict(list)
    for header in counted:
        if header.id not in replaced:
            begun[_task(header)].append(header.status)
    who: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for task in (*begun, *(one for one in holds if one not in begun)):
        session_id, scheme, coder_id, _ = task
        done = bool(begun.get(task)) and all(status is PassStatus.SUBMITTED for status in begun[task])
        if done or task not in set_aside:
            everybody = who[session_id, scheme]
            everybody[coder_id] = everybody.get(coder_id, True) and done
    return who


def _not_done(everybody: dict[str, bool]) -> tuple[str, ...]:
    return tuple(coder for coder, done in everybody.items() if not done)


def _task(one: PassHeader | Assignment) -> tuple[str, str, str, Purpose]:
    return one.session_id, one.scheme.name, one.coder_id, one.purpose


def gone_on(headers: Iterable[PassHeader]) -> set[str]:
    """Passes that went on as another one of the same coder, with a newer version: that one is waited for."""
    owners = {header.id: header.coder_id for header in headers}
    return {before for header in headers for before in header.made_from if owners.get(before) == header.coder_id}
