"""Which passes of a session are compared, who of two coders is A, and what is said about the rest."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coder.language import later
from coder.model.coding import CodingPass, PassHeader, PassStatus
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Purpose, Session
from coder.model.version import version_order
from coder.store import StatusChange, StudyStore
from coder.workflows.blinding import COUNTED, Blinding, reopened_after_comparison, reopened_remarks
from coder.workflows.origins import moved_from
from coder.workflows.remarks import Remark
from coder.workflows.schemes import frozen_scheme
from coder.workflows.unblinded import Unblinded

_OPEN = later("{coder}’s pass with {scheme} is not submitted yet.")
_TO_COME = later("{coder} is to code it with {scheme} and has not begun.")
_HELD = later("with {scheme} nothing is compared before all who code it have submitted.")
_ALONE = later("only one submitted pass with “{scheme}” {version}, {coder}’s.")
_ONE_CODER = later("all passes with “{scheme}” {version} are {coder}’s; agreement takes two coders.")
_EMPTY = later("{coder}’s submitted pass with “{scheme}” {version} is empty. It is compared as it is.")
_MOVED = later("{coder}’s pass with “{scheme}” {version} was moved from version {before}; its journal says how.")
_MADE = later("{coder}’s pass with “{scheme}” {version} was made from other passes; its journal says how.")
_VERSIONS = later(
    "{older_coder}’s pass is made with “{scheme}” {older} and {newer_coder}’s with {newer}; only passes made with "
    "the same version are compared. Move the older one to version {newer} to compare them."
)


@dataclass(frozen=True)
class Material:
    """What is compared of one session with one scheme.

    passes: the submitted ones that count for reliability, A's before B's wherever two are taken; the first is the
    one with which the pair is made that stands for the session. consensus: submitted consensus passes.
    """

    session: Session
    scheme: Scheme
    passes: tuple[CodingPass, ...]
    consensus: tuple[CodingPass, ...]


class Pairing:
    """What is asked of the study once, for all its sessions."""

    def __init__(self, store: StudyStore) -> None:
        self._store = store
        self.coders = {coder.id: coder for coder in store.coders()}
        self._ranks = ranks(store)
        self._blinding = Blinding.of(store)
        self._unblinded = Unblinded(store)
        self._names = {session.id: session.name for session in store.sessions()}
        self._submitted: dict[str, str] = {}
        self._changes: dict[str, list[StatusChange]] = defaultdict(list)
        sessions = {header.id: header.session_id for header in store.passes()}
        for change in store.status_changes():
            self._changes[sessions[change.pass_id]].append(change)
            if change.status is PassStatus.SUBMITTED:
                self._submitted[change.pass_id] = change.at

    def rank(self, coding: CodingPass) -> int:
        """Where its coder stands: the lower of two is A."""
        return self._ranks[coding.header.coder_id]

    def submitted_at(self, coding: CodingPass) -> str:
        """When it was last submitted, ISO 8601, UTC."""
        return self._submitted[coding.header.id]

    def of_session(self, session: Session) -> tuple[list[Material], list[Remark]]:
        """What is compared of a session, and what keeps passes from it or spoils them.

        What is blind is not even loaded.
        """
        store = self._store
        by_scheme: dict[SchemeId, list[CodingPass]] = defaultdict(list)
        agreed: dict[SchemeId, list[CodingPass]] = defaultdict(list)
        headers = store.passes(session.id)
        said = list(self._awaited(session, headers))
        for header in headers:
            if header.status is PassStatus.SUBMITTED and not self._blinding.hides(header):
                if header.purpose in COUNTED:
                    by_scheme[header.scheme].append(store.load_pass(header.id))
                elif header.purpose is Purpose.CONSENSUS:
                    agreed[header.scheme].append(store.load_pass(header.id))
        apart = dict(self._apart(session, by_scheme))
        said += apart.values()
        found: list[Material] = []
        for scheme_id, passes in by_scheme.items():
            scheme = frozen_scheme(store, scheme_id)
            passes.sort(key=lambda one: (one.header.purpose is not Purpose.MAIN, self.rank(one)))
            said += self._alone(session, scheme, passes, told=scheme_id.name in apart)
            said += [remark for one in passes for remark in self.remarks(session, scheme, one)]
            found.append(Material(session, scheme, tuple(passes), tuple(agreed[scheme_id])))
        return found, said

    def remarks(self, session: Session, scheme: Scheme, coding: CodingPass) -> Iterator[Remark]:
        """What a reader must know about one pass that is compared."""
        named = {"scheme": scheme.title, "version": scheme.id.version}
        if not len(coding):
            yield self._said(session, _EMPTY, coding.header, **named)
        if coding.header.made_from and coding.header.purpose in COUNTED:
            named["scheme"] = scheme.id.name
            before = moved_from(self._store, coding.header)
            if before is None:
                yield self._said(session, _MADE, coding.header, **named)
            else:
                yield self._said(session, _MOVED, coding.header, **named, before=before)

    def reopened(self, a: CodingPass, b: CodingPass) -> tuple[Remark, ...]:
        """That one of the two was changed after they could be compared, or may not be blind, where it is so."""
        session_id, two = a.header.session_id, (a.header.id, b.header.id)
        changes = self._changes[session_id]
        found = list(self._unblinded.remarks(self._names[session_id], a.header, b.header, changes))
        if reopened_after_comparison(changes, *two):
            found += reopened_remarks(self._store, session_id, *two)
        return tuple(found)

    def _awaited(self, session: Session, headers: Sequence[PassHeader]) -> Iterator[Remark]:
        """Whose passes of a session are waited for."""
        gone_on = {pass_id for header in headers for pass_id in header.made_from}
        counted = [one for one in headers if one.purpose in COUNTED and one.id not in gone_on]
        for header in counted:
            if header.status is PassStatus.OPEN:
                yield self._said(session, _OPEN, header, scheme=header.scheme.name)
        for blind_id, name in self._blinding.waiting:
            if blind_id != session.id:
                continue
            of_scheme = [one for one in counted if one.scheme.name == name]
            begun = {one.coder_id for one in of_scheme}
            for coder in self._blinding.waiting_for(session.id, name):
                if coder.id not in begun:
                    yield Remark(session.name, _TO_COME, {"coder": coder.name, "scheme": name})
            if len({one.coder_id for one in of_scheme if one.status is PassStatus.SUBMITTED}) > 1:
                yield Remark(session.name, _HELD, {"scheme": name})

    def _said(self, session: Session, text: str, header: PassHeader, **values: object) -> Remark:
        return Remark(session.name, text, {"coder": self.coders[header.coder_id].name, **values})

    def _alone(
        self, session: Session, scheme: Scheme, passes: Sequence[CodingPass], *, told: bool
    ) -> Iterator[Remark]:
        """That passes have none to be compared with. told: it was said already that another version has one."""
        named = {"scheme": scheme.title, "version": scheme.id.version}
        if len({coding.header.coder_id for coding in passes}) > 1 or (told and len(passes) == 1):
            return
        if len(passes) == 1:
            yield self._said(session, _ALONE, passes[0].header, **named)
        else:
            yield self._said(session, _ONE_CODER, passes[0].header, **named)

    def _apart(
        self, session: Session, by_scheme: Mapping[SchemeId, Sequence[CodingPass]]
    ) -> Iterator[tuple[str, Remark]]:
        """Name of a scheme, and that two coders' passes are not compared: they used no version of it in common."""
        used: dict[str, dict[str, list[SchemeId]]] = defaultdict(lambda: defaultdict(list))
        for scheme_id, passes in by_scheme.items():
            for coding in passes:
                used[scheme_id.name][coding.header.coder_id].append(scheme_id)
        for name, by_coder in used.items():
            for one, other in combinations(sorted(by_coder, key=lambda who: _newest(by_coder[who])), 2):
                if not set(by_coder[one]) & set(by_coder[other]):
                    older, newer = (max(by_coder[who], key=_version) for who in (one, other))
                    values = {
                        "older_coder": self.coders[one].name,
                        "newer_coder": self.coders[other].name,
                        "scheme": frozen_scheme(self._store, older).title,
                        "older": older.version,
                        "newer": newer.version,
                    }
                    yield name, Remark(session.name, _VERSIONS, values)


def ranks(store: StudyStore) -> Mapping[str, int]:
    """The coders' places by the number of their main passes, then as they were entered: who is A and who is B."""
    mains = Counter(header.coder_id for header in store.passes() if header.purpose is Purpose.MAIN)
    ordered = sorted(store.coders(), key=lambda coder: -mains[coder.id])
    return {coder.id: place for place, coder in enumerate(ordered)}


def _version(scheme: SchemeId) -> tuple[tuple[int, ...], str]:
    return version_order(scheme.version)


def _newest(schemes: Sequence[SchemeId]) -> tuple[tuple[int, ...], str]:
    return max(map(_version, schemes))
