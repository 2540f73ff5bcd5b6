"""The main job on sample sessions: two coders' passes, measured pictures, two cameras, reliability, a report."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from coder.features.pool import usual_workers
from coder.language import later, tr
from coder.model.disagreement import Verdict
from coder.model.problem import FeatureError, Problem, StoreError
from coder.model.progress import Progress
from coder.model.study import Purpose, Role, Session
from coder.model.track import Coverage
from coder.settings.folders import data_folder
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.store.opening import STUDY_FILE
from coder.workflows.cameras import add_camera_steps, set_timing
from coder.workflows.comparison import Comparison, compare_study_steps
from coder.workflows.consensus import find_two
from coder.workflows.exchange import import_events
from coder.workflows.extraction import extract_steps
from coder.workflows.measured import measured
from coder.workflows.passes import begin_pass, coder_for
from coder.workflows.reporting import report_steps
from coder.workflows.sessions import add_session_steps
from coder.workflows.settling import settle, walk
from coder.workflows.steps import Steps
from coder.workflows.studies import new_study, open_study

_NAME = "Demo study"
_SCHEMES = ("gaze-near", "shared-play")
_CODERS = {"Robin": Purpose.MAIN, "Sasha": Purpose.RELIABILITY}
# The short film is measured, which takes seconds; the two minutes beside it have enough codes to compare, and with
# three sessions there are limits over sessions. Their passes are of simulated coders, one careful and one hasty.
_MEASURED = "dyad-first"
_SIMULATED = {"Robin": "passes/{film}.{scheme}.careful.csv", "Sasha": "passes/{film}.{scheme}.hasty.csv"}
_PASSES = {
    _MEASURED: {"Robin": "{film}.{scheme}.robin.csv", "Sasha": "{film}.{scheme}.sasha.csv"},
    "first-practice": _SIMULATED,
    "shared-play": _SIMULATED,
}
# What was planted in Sasha's passes of the short film (see its README), by tier and Sasha's code.
_SUPERVISOR = "Mika"
_SETTLED = {
    ("cg", "cg_body"): (Verdict.A, later("The look stays on the ball; the hand only passes before it.")),
    ("pg", "pg_body"): (Verdict.A, ""),
    ("touch", "t_play"): (Verdict.UNCLEAR, later("Where does an affectionate touch become a playful one?")),
}
_GUEST = "You"
# Nobody has coded the session with two cameras: it is there to be tried.
_TWO = "two-cameras"


@dataclass(frozen=True)
class DemoResult:
    """What the demo made. folder: the study. report: the HTML file."""

    folder: Path
    report: Path
    comparison: Comparison
    measured: Coverage


def demo_folder() -> Path:
    """Where the demo study lies unless a person says otherwise."""
    return data_folder() / "demo-study"


def demo_steps(folder: Path) -> Steps[DemoResult]:
    """Make the demo study in `folder`, or go on with the one that is there: what was done is not done again.

    Raises CoderError if the folder cannot be used.
    """
    with _study(folder) as store:
        sessions = {}
        for film in _PASSES:
            sessions[film] = yield from _session(store, film)
        two = yield from _two_cameras(store)
        passes = [(film, scheme, coder) for film in _PASSES for scheme in _SCHEMES for coder in _CODERS]
        for number, (film, scheme, coder) in enumerate(passes):
            yield Progress(
                number,
                len(passes),
                tr("Taking in {coder}’s pass of {film} with {scheme}", coder=coder, film=film, scheme=scheme),
            )
            _pass_of(store, sessions[film], scheme, coder)
        session = sessions[_MEASURED]
        _settle_some(store, session)
        _guest_pass(store, session)
        _guest_pass(store, two)
        seen = _measured(store, session) or (yield from _measure(store, session))
        comparison = yield from compare_study_steps(store)
        report = yield from report_steps(store, comparison=comparison)
        return DemoResult(store.folder, report, comparison, seen)


def _study(folder: Path) -> StudyStore:
    if not (folder / STUDY_FILE).exists():
        return new_study(folder, _NAME)
    store = open_study(folder)
    if store.study.name != _NAME:
        what = tr("In this folder is the study “{study}”, which the demo will not touch.", study=store.study.name)
        store.close()
        raise StoreError(Problem(what, str(folder), tr("Choose a new or empty folder.")))
    return store


def _measured(store: StudyStore, session: Session) -> Coverage | None:
    """What is lost is measured anew."""
    try:
        return measured(store, session)
    except StoreError:
        return None


def _measure(store: StudyStore, session: Session) -> Steps[Coverage]:
    (yield from extract_steps(store, [session.id], workers=usual_workers())).require()
    seen = measured(store, session)
    if seen is None:
        what = tr("No frame of “{session}” could be measured.", session=session.name)
        raise FeatureError(Problem(what))
    return seen


def _session(store: StudyStore, name: str, *films: str) -> Steps[Session]:
    """The session of that name with its first film, the one of the same name unless others are named."""
    paths = [shipped("sample_media") / film for film in films or (f"{name}.mp4",)]
    for session in store.sessions():
        if session.name == name:
            for media, path in zip(session.media, paths, strict=False):
                if not store.media_path(media).is_file():  # the program has moved since
                    store.update_media(replace(media, path=str(path.resolve())))
            return store.session(session.id)
    return (yield from add_session_steps(store, paths[0], name))


def _two_cameras(store: StudyStore) -> Steps[Session]:
    """The session with two cameras, laid side by side as its makers know they are."""
    cameras = json.loads((shipped("sample_media") / f"{_TWO}.json").read_bytes())["cameras"]
    session = yield from _session(store, _TWO, *(camera["film"] for camera in cameras))
    for camera in cameras[len(session.media) :]:
        media = yield from add_camera_steps(store, session.id, shipped("sample_media") / camera["film"])
        set_timing(store, media.id, camera["offset_us"], camera["skew_ppm"])
    return store.session(session.id)


def _pass_of(store: StudyStore, session: Session, scheme: str, coder: str) -> None:
    made = {(store.coder(header.coder_id).name, header.scheme.name) for header in store.passes(session.id)}
    if (coder, scheme) not in made:
        file = shipped("sample_media") / _PASSES[session.name][coder].format(film=session.name, scheme=scheme)
        import_events(store, file, session=session.name, coder=coder, scheme=scheme, purpose=_CODERS[coder])


def _settle_some(store: StudyStore, session: Session) -> None:
    """A supervisor has begun to settle what the two differ in, and left the rest to whoever tries it."""
    if store.settlements():
        return
    supervisor = coder_for(store, _SUPERVISOR, Role.SUPERVISOR)
    if supervisor not in store.coders():
        store.add_coder(supervisor)
    walked = walk(store, *find_two(store, session.name, _SCHEMES[0], tuple(_CODERS)))
    left = dict(_SETTLED)
    for one in walked.differences:
        if one.code_b is not None and (decided := left.pop((one.tier, one.code_b), None)) is not None:
            verdict, note = decided
            settle(store, walked, one, verdict, tr(note) if note else "", actor=supervisor.id)


def _guest_pass(store: StudyStore, session: Session) -> None:
    """An open pass to try the keys on; a training pass is not compared with anybody's."""
    guest = coder_for(store, _GUEST, Role.TRAINEE)
    if guest not in store.coders():
        store.add_coder(guest)
    if all(header.coder_id != guest.id for header in store.passes(session.id)):
        begin_pass(store, session.id, guest.id, _SCHEMES[0], Purpose.TRAINING)
