"""Drawing which sessions are coded a second time, and by whom: at random within strata, from a seed.

Drawn from are the sessions that have a main coder with the scheme, assigned or begun. How many: the share of all
of them, rounded to the nearest whole number (a half upwards). Each stratum gets its part of that by largest
remainders, but at least one as soon as the share is not 0, so that with many small strata a few more are drawn
than the share. Sessions that somebody else than the main coder codes already count; only what is missing is drawn.

A session's place in the draw is the SHA-256 of seed, scheme and its id: the same study and seed draw the same on
every computer, and with the same seed a larger share draws the same sessions and more. The sessions drawn are
dealt to the chosen coders so that nobody has more than need be, what they have for reliability with this scheme
already counted, and never to whoever codes the session already.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from secrets import randbelow
from uuid import uuid4

from coder.language import later, plural, tr
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme
from coder.model.study import Assignment, Coder, Purpose, Session
from coder.store import StudyStore
from coder.workflows.assignments import parts_of
from coder.workflows.dealing import Key, dealt, shares_of
from coder.workflows.schemes import freeze_scheme, scheme_for

_MONTH = re.compile(r"\d{4}-\d{2}(?=-|$)")
_SEEDS = 10_000


class Stratum(StrEnum):
    """What sessions are drawn within."""

    GROUP = "group"
    CODER = "coder"
    MONTH = "month"


STRATUM_NAMES = {
    Stratum.GROUP: later("group"),
    Stratum.CODER: later("main coder"),
    Stratum.MONTH: later("month of recording"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One session that was drawn: whose main pass it is, and who codes it a second time."""

    session: Session
    main: Coder
    coder: Coder


@dataclass(frozen=True, slots=True)
class StratumDraw:
    """What was drawn of one stratum. label: its name, "" where nothing divides the sessions.

    sessions: how many it has. wanted: how many of them are to be coded twice. already: how many were before.
    """

    label: str
    sessions: int
    wanted: int
    already: int
    drawn: tuple[Drawn, ...]

    @property
    def missing(self) -> int:
        """How many could not be drawn: none of the chosen coders may code those that are left."""
        return max(self.wanted - self.already - len(self.drawn), 0)


@dataclass(frozen=True)
class Draw:
    """A draw that nothing has been written of yet.

    share: of the sessions, 0 to 1. sessions: how many were drawn from. without_main: how many were not, because
    nobody is their main coder. by_coder: how many each of the chosen coders gets. words: as kept with the
    assignments.
    """

    scheme: Scheme
    share: Fraction
    within: tuple[Stratum, ...]
    seed: int
    sessions: int
    without_main: int
    strata: tuple[StratumDraw, ...]
    by_coder: tuple[tuple[Coder, int], ...]
    words: str

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """All that were drawn, stratum by stratum."""
        return tuple(one for stratum in self.strata for one in stratum.drawn)

    @property
    def wanted(self) -> int:
        """How many sessions are to be coded twice, those that were before counted in."""
        return sum(stratum.wanted for stratum in self.strata)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before it is carried out."""
        said = []
        missing = sum(stratum.missing for stratum in self.strata)
        if missing:
            said.append(
                plural(
                    "{count} session is missing from the share: no chosen coder is free to code one more.",
                    "{count} sessions are missing from the share: no chosen coder is free to code more.",
                    missing,
                )
            )
        if self.without_main:
            said.append(
                plural(
                    "{count} session is not drawn from, because nobody is its main coder.",
                    "{count} sessions are not drawn from, because nobody is their main coder.",
                    self.without_main,
                )
            )
        return tuple(said)


def new_seed() -> int:
    """A seed that nobody chose, short enough to be written down."""
    return randbelow(_SEEDS)


def draw(
    store: StudyStore,
    scheme_name: str,
    share: Fraction,
    coder_ids: Sequence[str],
    seed: int,
    within: Iterable[Stratum] = (),
    on: date | None = None,
) -> Draw:
    """Draw a share of the sessions for a second coding; writes nothing, `carry_out` does.

    within: what divides the sessions; several make a stratum of each combination. on: the day that is kept with
    it, today if left out. Raises CodingError if the share is not between 0 and 1, nobody is chosen, or no session
    has a main coder.
    """
    scheme, divided = scheme_for(store, scheme_name), tuple(one for one in Stratum if one in set(within))
    if not 0 <= share <= 1:
        raise CodingError(Problem(tr("The share must be between 0 and 100 %.")))
    chosen = [store.coder(coder_id) for coder_id in dict.fromkeys(coder_ids)]
    if not chosen:
        raise CodingError(Problem(tr("Nobody is chosen to code a second time."), hint=tr("Choose who does.")))
    coders = {coder.id: coder for coder in store.coders()}
    parts = parts_of(store)
    mains: dict[str, Coder] = {}
    strata: dict[Key, list[Session]] = defaultdict(list)
    sessions = store.sessions()
    for session in sessions:
        part = parts.get((session.id, scheme.id.name), {})
        main = next((coders[who] for who, purposes in part.items() if Purpose.MAIN in purposes), None)
        if main is not None:
            mains[session.id] = main
            strata[_key(session, main, divided)].append(session)
    if not mains:
        what = tr("No session has a main coder with “{scheme}” yet.", scheme=scheme.title)
        raise CodingError(
            Problem(what, hint=tr("Assign the main coders first; a second one is drawn after that."))
        )
    taken = {session_id: set(parts[session_id, scheme.id.name]) for session_id in mains}
    free = {session_id: [one.id for one in chosen if one.id not in who] for session_id, who in taken.items()}
    rank = _ranks(seed, scheme.id.name)
    wanted = shares_of({key: len(found) for key, found in strata.items()}, share)
    picked: dict[Key, list[Session]] = {}
    already: dict[Key, int] = {}
    for key, found in sorted(strata.items()):
        twice = [session for session in found if len(taken[session.id]) > 1]
        already[key] = len(twice)
        left = [session for session in found if len(taken[session.id]) == 1 and free[session.id]]
        left.sort(key=lambda session: rank(session.id))
        picked[key] = left[: max(wanted[key] - len(twice), 0)]
    loads = Counter(
        who
        for (_, name), part in parts.items()
        for who, purposes in part.items()
        if name == scheme.id.name and Purpose.RELIABILITY in purposes
    )
    every = [session.id for found in picked.values() for session in found]
    second = dealt(every, free, {coder.id: loads[coder.id] for coder in chosen}, rank)
    counted = Counter(second.values())
    return Draw(
        scheme=scheme,
        share=share,
        within=divided,
        seed=seed,
        sessions=len(mains),
        without_main=len(sessions) - len(mains),
        strata=tuple(
            StratumDraw(
                _label(key, divided),
                len(strata[key]),
                wanted[key],
                already[key],
                tuple(Drawn(session, mains[session.id], coders[second[session.id]]) for session in found),
            )
            for key, found in picked.items()
        ),
        by_coder=tuple((coder, counted[coder.id]) for coder in chosen),
        words=_words(share, len(mains), divided, seed, on or datetime.now().astimezone().date()),
    )


def carry_out(store: StudyStore, drawn: Draw) -> tuple[Assignment, ...]:
    """Write a draw down as assignments, whole or not at all.

    Raises CodingError if a session that was drawn got a second coder in the meantime, or nothing was drawn.
    """
    if not drawn.drawn:
        raise CodingError(Problem(tr("Nothing was drawn, so nothing is assigned."), hint=" ".join(drawn.remarks)))
    parts = parts_of(store)
    for one in drawn.drawn:
        if set(parts.get((one.session.id, drawn.scheme.id.name), {})) != {one.main.id}:
            what = tr("Who codes “{session}” has changed since it was drawn.", session=one.session.name)
            raise CodingError(Problem(what, hint=tr("Draw again.")))
    scheme = freeze_scheme(store, drawn.scheme.id.name).id
    made = tuple(
        Assignment(str(uuid4()), one.session.id, one.coder.id, scheme, Purpose.RELIABILITY, drawn.words)
        for one in drawn.drawn
    )
    store.add_assignments(made)
    return made


def _ranks(seed: int, scheme: str) -> Callable[[str], str]:
    return lambda what: hashlib.sha256(f"{seed}/{scheme}/{what}".encode()).hexdigest()


def _key(session: Session, main: Coder, within: Iterable[Stratum]) -> Key:
    """The stratum of a session; "" where it has no group or no date. In no language: it decides who is drawn."""
    month = _MONTH.match(session.recorded_on)
    values = {
        Stratum.GROUP: session.group,
        Stratum.CODER: main.name,
        Stratum.MONTH: month.group() if month else "",
    }
    return tuple(values[one] for one in within)


def _label(key: Key, within: Iterable[Stratum]) -> str:
    missing = {Stratum.GROUP: tr("no group"), Stratum.CODER: "", Stratum.MONTH: tr("no date")}
    return " · ".join(value or missing[one] for value, one in zip(key, within, strict=True))


def _words(share: Fraction, sessions: int, within: Sequence[Stratum], seed: int, on: date) -> str:
    """How a draw is kept: `drawn on 2026-11-22: 20 % of 35 sessions within group, seed 417`."""
    percent = f"{float(share * 100):g}"
    words = {"day": on.isoformat(), "percent": percent, "seed": seed}
    if not within:
        return plural(
            "drawn on {day}: {percent} % of {count} session, seed {seed}",
            "drawn on {day}: {percent} % of {count} sessions, seed {seed}",
            sessions,
            **words,
        )
    names = " × ".join(tr(STRATUM_NAMES[one]) for one in within)
    return plural(
        "drawn on {day}: {percent} % of {count} session within {strata}, seed {seed}",
        "drawn on {day}: {percent} % of {count} sessions within {strata}, seed {seed}",
        sessions,
        strata=names,
        **words,
    )
