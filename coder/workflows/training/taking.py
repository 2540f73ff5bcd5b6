"""Taking a course into a study: its scheme is kept, each clip becomes a session, all masters are sealed.

Everything is checked before anything is written. Sessions come first, the course with its masters last and in one
transaction: whoever is interrupted takes the course again, and the sessions that are there are used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from coder.formats.course_file import CourseFile, read_course
from coder.formats.master_file import sealed_text
from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.progress import Progress
from coder.model.study import Media, Purpose, Session
from coder.model.training import Master, StepKind, TakenCourse
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.store.journal import now_text
from coder.store.training import MasterVersion, TakenVersion
from coder.workflows.sessions import path_in
from coder.workflows.steps import Steps, finish
from coder.workflows.training.clips import FilmedClip, clips_steps
from coder.workflows.training.film_time import shares_film
from coder.workflows.training.newer_course import refuse_unfit
from coder.workflows.training.taken import master_of, newest_master, taken_course


def take_course(store: StudyStore, path: Path) -> TakenCourse:
    """`take_course_steps`, run to its end."""
    return finish(take_course_steps(store, path))


def take_course_steps(store: StudyStore, path: Path) -> Steps[TakenCourse]:
    """Take a course into a study.

    The same file again changes nothing, but films that have moved are found again. A newer version of a course
    that the study has keeps sessions and attempts of the steps that it still has. Raises FormatError for a file
    that is no course, CodingError if the study holds the answers, if a version that it has has other content now,
    if a film is not the one that was coded for the master, or while somebody is in the middle of one of its tests.
    """
    yield Progress(0, 0, tr("Reading the course"))
    file = read_course(path, shipped("schemes"))
    return (yield from take_steps(store, file))


def take_steps(store: StudyStore, file: CourseFile) -> Steps[TakenCourse]:
    """Take a course that was read; see `take_course_steps`."""
    course = file.course
    versions = [one for one in store.training.courses() if one.course.id.name == course.id.name]
    same = next((one for one in versions if one.course.id.version == course.id.version), None)
    if same is not None and same.course.id.sha256 != course.id.sha256:
        what = tr("The study has version {version} of this course with other content.", version=course.id.version)
        raise CodingError(Problem(what, str(file.path), tr("Give the changed course a new version.")))
    clips = yield from clips_steps(file)
    if same is not None:
        _find_again(store, clips)
        return taken_course(store, same.course_id)
    before = taken_course(store, versions[0].course_id) if versions else None
    _refuse_answers(store, file, clips)
    if before is not None:
        stretches = {clip.step.id: (clip.facts.fingerprint, clip.window) for clip in clips}
        refuse_unfit(store, before, course, stretches)
    masters = {clip.step.id: file.masters[clip.step.id].over(clip.window) for clip in clips}
    store.add_scheme(course.scheme, file.scheme_text)
    version = TakenVersion(str(uuid4()), "", course, now_text())
    version = replace(version, course_id=before.id if before is not None else version.id)
    sessions = {clip.step.id: _session(store, clip) for clip in clips}
    # made before the study is written to: what the study has is read for it
    new = tuple(_new_masters(store, before, version.course_id, masters, sessions))
    store.training.take(version, new)
    yield Progress(len(clips), len(clips), tr("“{course}” is in the study", course=course.title))
    return taken_course(store, version.course_id)


def _refuse_answers(store: StudyStore, file: CourseFile, clips: tuple[FilmedClip, ...]) -> None:
    """Where a clip was coded in earnest its codes lie open: whoever is to code it could read them."""
    open_ones: dict[str, None] = {}
    coded = {
        header.session_id
        for header in store.passes()
        if header.scheme.name == file.course.scheme.name and header.purpose is not Purpose.TRAINING
    }
    for session in store.sessions():
        if session.id in coded:
            for clip in clips:
                there = Media("", "", clip.facts.fingerprint, "", clip.facts.duration_us, clip.facts.frame_count)
                if clip.step.kind is not StepKind.GUIDED and shares_film(
                    session, Session("", "", clip.window, (there,))
                ):
                    open_ones[session.name] = None
    if open_ones:
        what = tr(
            "This study holds what others coded in films of the course ({sessions}): its answers lie open here.",
            sessions=", ".join(f"“{name}”" for name in open_ones),
        )
        raise CodingError(Problem(what, store.study.name, tr("Take the course in a training study.")))


def _session(store: StudyStore, clip: FilmedClip) -> str:
    """The id of the session of a clip; one that shows the same stretch of the same film is used again."""
    for session in store.sessions():
        if _shows(session, clip):
            _put_right(store, session.media[0], clip.film)
            return session.id
    media = Media(
        id=str(uuid4()),
        path=path_in(store.folder, clip.film),
        fingerprint=clip.facts.fingerprint,
        role=tr("camera {number}", number=1),
        duration_us=clip.facts.duration_us,
        frame_count=clip.facts.frame_count,
    )
    name = _free_name(store, clip.step.clip.name)
    session = Session(str(uuid4()), name, clip.window, (media,), note=clip.facts.damage)
    store.add_session(session)
    return session.id


def _shows(session: Session, clip: FilmedClip) -> bool:
    first = session.media[0]
    mine = (first.fingerprint, first.offset_us, first.skew_ppm, session.window)
    return mine == (clip.facts.fingerprint, 0, 0, clip.window)


def _find_again(store: StudyStore, clips: tuple[FilmedClip, ...]) -> None:
    for session in store.sessions():
        for clip in clips:
            if _shows(session, clip):
                _put_right(store, session.media[0], clip.film)


def _put_right(store: StudyStore, media: Media, film: Path) -> None:
    """The program, or the course, may have moved since."""
    if not store.media_path(media).is_file():
        store.update_media(replace(media, path=path_in(store.folder, film)))


def _free_name(store: StudyStore, name: str) -> str:
    taken = {session.name for session in store.sessions()}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _new_masters(
    store: StudyStore,
    before: TakenCourse | None,
    course_id: str,
    masters: Mapping[str, Master],
    sessions: Mapping[str, str],
) -> Iterator[tuple[MasterVersion, str]]:
    """Those that the study does not have as they are: each is another version."""
    for step_id, master in masters.items():
        number = master.version
        if before is not None and step_id in before.sessions:
            last = newest_master(store, before, step_id)
            if _content(master_of(store, last.id)) == _content(master):
                continue
            number = max(number, last.version + 1)
        place = MasterVersion(str(uuid4()), course_id, step_id, sessions[step_id], number)
        yield place, sealed_text(replace(master, version=number))


def _content(master: Master) -> Master:
    """The master without what differs from one reading of the same file to the next: ids, and its number."""
    ids = {event.id: str(number) for number, event in enumerate(master.events)}
    events = tuple(
        replace(event, id=ids[event.id], answer=ids.get(event.answer, event.answer)) for event in master.events
    )
    zones = tuple(replace(zone, event=ids[zone.event]) for zone in master.zones)
    return replace(master, version=0, events=events, zones=zones)
