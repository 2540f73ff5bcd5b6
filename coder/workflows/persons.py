"""Who is who in a film, for people to see, confirm, swap and say; on the disk before anything follows."""

from collections.abc import Callable, Iterable, Sequence
from math import cos, radians, sin
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.points import place_of
from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.who import SURE, Identified
from coder.features.sighting import Look
from coder.language import tr
from coder.model.persons import Anchor, IdentityMark, Role, SeenPerson
from coder.model.problem import FeatureError, Problem
from coder.model.time import SECOND_US, Span
from coder.store import StudyStore, TrackRecord
from coder.store.journal import now_text
from coder.store.tracks import TrackTable, read_track_table
from coder.workflows.concluding import CONCLUDED, SEEN, conclude, lags, last_settings, newest, who_is_who

_NEAR_US = 150_000  # a look shows whoever was there so long before and after it
_EACH_US = SECOND_US
_RAY = 3.0  # length of a gaze that lies in the plane of the picture, in face heights
_REACH = 1.0  # a person who points at a head may miss its middle by so many face heights
_SWAPPED = {Role.PARENT: Role.CHILD, Role.CHILD: Role.PARENT}


class Persons:
    """The persons of a film, ready to be drawn."""

    def __init__(self, looks: Sequence[Look], identified: Identified, table: TrackTable | None) -> None:
        """table: of what was concluded in the same looks, for the gaze."""
        self._looks = looks
        self._identified = identified
        self._times_us: NDArray[np.int64] = np.array([look.at_us for look in looks], np.int64)
        self._table = table

    def at(self, file_us: int) -> tuple[SeenPerson, ...]:
        """Those of the look nearest to a file time; () if none is near."""
        number = self.nearest(file_us)
        if number is None or abs(int(self._times_us[number]) - file_us) > _NEAR_US:
            return ()
        return tuple(person for person in self.of_look(number) if person is not None)

    def nearest(self, file_us: int) -> int | None:
        """The number of the look nearest to a file time; None without looks."""
        if not len(self._times_us):
            return None
        at = int(np.searchsorted(self._times_us, file_us))
        around = [number for number in (at - 1, at) if 0 <= number < len(self._times_us)]
        return min(around, key=lambda number: abs(int(self._times_us[number]) - file_us))

    def of_look(self, number: int) -> list[SeenPerson | None]:
        """The persons of one look, in the order of its sightings; None for whoever was found a second time."""
        look, who = self._looks[number], self._identified
        told = zip(
            look.sightings,
            who.roles[number],
            who.confidence[number],
            who.said[number],
            who.trails[number],
            strict=True,
        )
        found: list[SeenPerson | None] = []
        for sighting, role, confidence, said, trail in told:
            x, y, size = place_of(sighting, look)
            box = (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
            if sighting.face is not None:
                face = sighting.face.box
                box = (face.left, face.top, face.right, face.bottom)
            left, top, right, bottom = _box(look, *box)
            person = SeenPerson(
                left,
                top,
                right,
                bottom,
                role=role,
                confidence=confidence,
                said=said,
                followed=sighting.followed,
                trail=trail,
                ray=self._ray(number, role, confidence, (x, y, size)),
            )
            found.append(person if trail >= 0 else None)
        return found

    def anchors(self, span: Span, whose: "Callable[[SeenPerson], Role | None]") -> tuple[Anchor, ...]:
        """One word about each person for each second of a stretch, and one where each trail begins.

        whose: the role to give somebody; None to say nothing.
        """
        a, b = np.searchsorted(self._times_us, (span.start_us, span.end_us)).tolist()
        last: dict[tuple[int, Role], int] = {}
        found: list[Anchor] = []
        for number in range(a, b):
            look = self._looks[number]
            for sighting, person in zip(look.sightings, self.of_look(number), strict=True):
                role = whose(person) if person is not None else None
                if person is None or role is None:
                    continue
                before_us = last.get((person.trail, role))
                if before_us is None or look.at_us - before_us >= _EACH_US:
                    x, y, _ = place_of(sighting, look)
                    found.append(Anchor(look.at_us, x / look.width_px, y / look.height_px, role))
                    last[person.trail, role] = look.at_us
        return tuple(found)

    def trail_at(self, file_us: int, x: float, y: float) -> int | None:
        """The trail of whoever is at a place (shares of the picture); None if nobody is."""
        number = self.nearest(file_us)
        if number is None or abs(int(self._times_us[number]) - file_us) > _NEAR_US:
            return None
        look = self._looks[number]
        nearest: tuple[float, int] | None = None
        for sighting, person in zip(look.sightings, self.of_look(number), strict=True):
            if person is None:
                continue
            head_x, head_y, size = place_of(sighting, look)
            away = float(np.hypot(head_x - x * look.width_px, head_y - y * look.height_px)) / size
            if away <= _REACH and (nearest is None or away < nearest[0]):
                nearest = away, person.trail
        return nearest[1] if nearest else None

    def _ray(
        self, number: int, role: Role | None, confidence: float, head: tuple[float, float, float]
    ) -> tuple[float, float, float, float] | None:
        table = self._table
        if table is None or role not in _SWAPPED or confidence < SURE:
            return None
        row = int(np.searchsorted(table.frame, self._looks[number].index))
        names = [f"{role}_gaze_yaw_deg", f"{role}_gaze_pitch_deg"]
        if row >= len(table.frame) or not all(table.valid(name)[row] for name in names):
            return None
        yaw, pitch = (radians(float(table.values(name)[row])) for name in names)
        x, y, size = head
        end = x + _RAY * size * sin(yaw) * cos(pitch), y - _RAY * size * sin(pitch)
        return _box(self._looks[number], x, y, *end)


def persons(store: StudyStore, media_id: str) -> Persons | None:
    """The persons of a film by its newest measurement; None if it was not measured.

    Raises StoreError if a track is damaged.
    """
    seen = newest(store, media_id, SEEN)
    if seen is None:
        return None
    settings = ConcludingSettings.of(last_settings(store, media_id))
    looks, who = who_is_who(store, seen, settings)
    return Persons(looks, who, _gazes(store, newest(store, media_id, CONCLUDED)))


def swap(store: StudyStore, media_id: str, span: Span, *, actor: str) -> IdentityMark:
    """Parent and child are each other in this stretch (file time).

    Raises FeatureError if neither is shown in it.
    """
    return _mark(store, media_id, span, lambda person: _SWAPPED.get(person.role) if person.role else None, actor)


def confirm(store: StudyStore, media_id: str, span: Span, *, actor: str) -> IdentityMark:
    """They are who they are shown to be in this stretch (file time). Raises FeatureError if nobody is shown."""
    return _mark(store, media_id, span, lambda person: person.role, actor)


def say(
    store: StudyStore, media_id: str, at_us: int, x: float, y: float, role: Role, span: Span, *, actor: str
) -> IdentityMark:
    """Whoever is at x, y (shares of the picture) at this file time is `role`, in this stretch.

    Raises FeatureError if nobody is seen there.
    """
    shown = _shown(store, media_id)
    trail = shown.trail_at(at_us, x, y)
    if trail is None:
        raise FeatureError(Problem(tr("Nobody is seen at this place."), hint=tr("Point at a head.")))
    said = shown.anchors(span, lambda person: role if person.trail == trail else None)
    return _keep(store, media_id, span, (Anchor(at_us, x, y, role), *said), actor)


def withdraw_mark(store: StudyStore, mark_id: str, *, actor: str) -> None:
    """A mark holds no longer. Raises StoreError if there is no such mark."""
    marked = {mark.id: mark.media_id for mark in store.identity_marks()}
    store.withdraw_identity_mark(mark_id, actor=actor, at=now_text())
    conclude(store, marked[mark_id])


def _mark(
    store: StudyStore, media_id: str, span: Span, whose: Callable[[SeenPerson], Role | None], actor: str
) -> IdentityMark:
    anchors = _shown(store, media_id).anchors(span, whose)
    if not anchors:
        raise FeatureError(
            Problem(
                tr("Nobody is shown as parent or child in this stretch."),
                hint=tr("Point at a head and say who it is."),
            )
        )
    return _keep(store, media_id, span, anchors, actor)


def _shown(store: StudyStore, media_id: str) -> Persons:
    shown = persons(store, media_id)
    if shown is None:
        film = store.media(media_id).path
        raise FeatureError(Problem(tr("This film was not measured yet."), film, tr("Measure it first.")))
    return shown


def _keep(store: StudyStore, media_id: str, span: Span, anchors: Iterable[Anchor], actor: str) -> IdentityMark:
    """Put a mark on the disk and conclude again; what was the last word already is not said twice."""
    mark = IdentityMark(str(uuid4()), media_id, span, tuple(anchors), actor, now_text())
    last = next(reversed(store.identity_marks(media_id)), None)
    if last is not None and (last.span, last.anchors) == (mark.span, mark.anchors):
        if lags(store, media_id):
            conclude(store, media_id)
        return last
    store.add_identity_mark(mark)
    conclude(store, media_id)
    return mark


def _gazes(store: StudyStore, record: TrackRecord | None) -> TrackTable | None:
    names = [f"{role}_gaze_{angle}_deg" for role in _SWAPPED for angle in ("yaw", "pitch")]
    if record is None or not set(names) <= set(record.signals):
        return None
    return read_track_table(store, record, names)


def _box(look: Look, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """Pixels as shares of the picture."""
    return x0 / look.width_px, y0 / look.height_px, x1 / look.width_px, y1 / look.height_px
