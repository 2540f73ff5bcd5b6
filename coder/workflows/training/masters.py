"""Masters from coded passes: which passes can be one, cut to a stretch of a film and put on the film's clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from coder.formats.master_cut import cut
from coder.formats.master_table import edge_us
from coder.language import tr
from coder.model.coding import Event, PassHeader, PassStatus, order
from coder.model.disagreement import DisagreementKind, Settlement, Verdict
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Coder, Media, Purpose, Session
from coder.model.time import Span, clock
from coder.model.training import Edge, Master
from coder.store import StudyStore
from coder.workflows.blinding import Blinding
from coder.workflows.schemes import frozen_scheme
from coder.workflows.sessions import find_session
from coder.workflows.settled import Settled
from coder.workflows.training.master_edits import with_zone

_PURPOSES = (Purpose.CONSENSUS, Purpose.MAIN, Purpose.RELIABILITY)
_BOUNDARIES = (DisagreementKind.EARLY, DisagreementKind.LATE)


@dataclass(frozen=True, slots=True)
class Source:
    """A submitted pass that can be the master of a clip, and whose it is."""

    header: PassHeader
    session: Session
    coder: Coder


def sources(store: StudyStore, scheme_name: str) -> tuple[Source, ...]:
    """The submitted passes with a scheme that are not blind; of a session its consensus comes first."""
    blinding = Blinding.of(store)
    sessions = {session.id: session for session in store.sessions()}
    coders = {coder.id: coder for coder in store.coders()}
    found = [
        Source(header, sessions[header.session_id], coders[header.coder_id])
        for header in store.passes()
        if header.scheme.name == scheme_name
        and header.purpose in _PURPOSES
        and header.status is PassStatus.SUBMITTED
        and not blinding.hides(header)
    ]
    places = list(sessions)
    return tuple(
        sorted(found, key=lambda one: (places.index(one.session.id), _PURPOSES.index(one.header.purpose)))
    )


def find_source(store: StudyStore, session: str, scheme_name: str, coder: str = "") -> Source:
    """The pass of a session that is to be a master: its consensus, else the only one there is. All by name.

    Raises CodingError that says who has submitted, if none or several would do.
    """
    own = [one for one in sources(store, scheme_name) if one.session.id == find_session(store, session).id]
    named = [one for one in own if one.coder.name == coder] if coder else own
    agreed = [one for one in named if one.header.purpose is Purpose.CONSENSUS]
    wanted = agreed if len(agreed) == 1 else named
    if len(wanted) == 1:
        return wanted[0]
    if not own:
        what = tr(
            "Nobody has submitted “{session}” with “{scheme}”, or it is still blind.",
            session=session,
            scheme=scheme_name,
        )
        raise CodingError(Problem(what, hint=tr("Submit a pass, or make a consensus, and try again.")))
    names = ", ".join(dict.fromkeys(one.coder.name for one in own))
    what = tr("Whose pass of “{session}” is to be the master?", session=session)
    raise CodingError(Problem(what, hint=tr("Submitted: {names}. Name one of them.", names=names)))


def whole_of(source: Source, media: Media) -> Span:
    """What of a film its session's coding covers, on the film's clock. Raises CodingError if it is nothing."""
    window = source.header.window
    coded = Span(media.to_file_us(window.start_us), media.to_file_us(window.end_us))
    inside = coded.intersection(Span(0, media.duration_us))
    if inside is None:
        what = tr("The film of “{camera}” shows nothing of what was coded.", camera=media.role)
        raise CodingError(Problem(what, source.session.name, tr("Choose another camera.")))
    return inside


def master_from(store: StudyStore, source: Source, media: Media, span: Span | None = None) -> Master:
    """The master that a pass is, on the clock of one of its session's films.

    span: the stretch of the film, all that was coded if None. Boundaries that coders settled as “either” become
    zones. Raises CodingError if the stretch was not coded, FormatError if it parts a cue from its answer.
    """
    whole = whole_of(source, media)
    span = span or whole
    if whole.intersection(span) != span:
        what = tr("The clip leaves the stretch that was coded.")
        hint = tr("Coded are {start} to {end}.", start=clock(whole.start_us), end=clock(whole.end_us))
        raise CodingError(Problem(what, source.session.name, hint))
    coding = store.load_pass(source.header.id)
    scheme = frozen_scheme(store, source.header.scheme)
    master = Master(1, scheme.id, source.header.window, tuple(coding), (), _origin(store, source))
    for settlement in _settled_as_either(store, source.header):
        master = _with_settled(master, scheme, settlement)
    on_film = (_on_film(event, media) for event in master.events)
    zones = (replace(zone, span=_span_on_film(zone.span, media)) for zone in master.zones)
    events, kept = cut(on_film, zones, scheme, span, source.session.name)
    return replace(master, window=span, events=_in_order(events, scheme), zones=kept)


def _settled_as_either(store: StudyStore, header: PassHeader) -> Iterator[Settlement]:
    """Verdicts about the boundaries of a pass, or of the passes that it was made from."""
    settled = Settled(store, header.session_id)
    if header.made_from:
        pairs = list(pairwise(header.made_from))
    else:
        others = (other.id for other in store.passes(header.session_id) if other.id != header.id)
        pairs = [(header.id, other) for other in others]
    for one, other in pairs:
        newest = {settlement.about.key: settlement for settlement in settled.about(one, other)}
        for settlement in newest.values():
            if settlement.verdict is Verdict.EITHER and settlement.about.kind in _BOUNDARIES:
                yield settlement


def _with_settled(master: Master, scheme: Scheme, settlement: Settlement) -> Master:
    """The master with what was settled about a boundary, where it has that boundary still."""
    about = settlement.about
    if scheme.tier(about.tier).kind is not TierKind.STATE:
        return master
    ends = (about.span.start_us, about.span.end_us)
    for event in master.events:
        margin = event.tier == about.tier and event.span == about.span and event.either
        if margin:  # the stretch in dispute is an event of its own, for which both codes are right
            return master
    for event in master.events:
        for edge in Edge:
            if event.tier == about.tier and edge_us(event, edge) in ends:
                return with_zone(master, scheme, event.id, edge, about.span)
    return master


def _on_film(event: Event, media: Media) -> Event:
    moments = tuple(_span_on_film(one, media) for one in event.moments)
    return replace(event, span=_span_on_film(event.span, media), moments=moments)


def _span_on_film(span: Span, media: Media) -> Span:
    return Span(media.to_file_us(span.start_us), media.to_file_us(span.end_us))


def _in_order(events: Iterable[Event], scheme: Scheme) -> tuple[Event, ...]:
    tiers = [tier.id for tier in scheme.tiers]
    return tuple(sorted(events, key=lambda event: (tiers.index(event.tier), order(event))))


def _origin(store: StudyStore, source: Source) -> str:
    if source.header.purpose is not Purpose.CONSENSUS:
        return tr("Coded by {coder}", coder=source.coder.name)
    coders = {header.id: store.coder(header.coder_id).name for header in store.passes(source.session.id)}
    names = [coders[one] for one in source.header.made_from if one in coders]
    return tr("Consensus of {names}, made by {coder}", names=", ".join(names), coder=source.coder.name)
