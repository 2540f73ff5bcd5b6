"""Trying a scheme on a sample: a practice pass in a study of its own, of which nothing stays."""

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from coder.language import tr
from coder.model.problem import CoderError, Problem, StoreError
from coder.model.scheme import Scheme
from coder.model.study import Purpose, Role
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.passes import OpenPass, add_coder, begin_pass, open_pass
from coder.workflows.scheme_library import shipped_entries
from coder.workflows.scheme_versions import adopt
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study

_FOLDER = "coder-trial-"
_FIRST = "first-practice"
_MASTER = "{clip}.{scheme}.master.csv"


@dataclass(frozen=True, slots=True)
class Trial:
    """A practice pass. `end` must be called, once the bench has let go of the film: it throws everything away."""

    store: StudyStore
    opened: OpenPass
    folder: Path

    def end(self) -> None:
        """Close the study and delete it."""
        with contextlib.suppress(StoreError):  # a snapshot that failed is of something that is thrown away
            self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def sample_clips() -> tuple[str, ...]:
    """The sample films with one camera, by name."""
    return tuple(sorted(film.stem for film in shipped("sample_media").glob("*.mp4") if "." not in film.stem))


def clips_for(scheme: Scheme) -> tuple[str, ...]:
    """The sample films, those first that show what the scheme describes.

    These have master codes of the scheme, or of the built-in one that it shares most codes with, or its name.
    """
    name = scheme.id.name
    if not any(_mastered(clip, name) for clip in sample_clips()):
        codes = _codes(scheme)
        known = [one.scheme for one in shipped_entries() if one.scheme is not None]
        kin = max(known, key=lambda one: len(codes & _codes(one)), default=None)
        name = kin.id.name if kin is not None and codes & _codes(kin) else name
    order = {
        clip: (not _mastered(clip, name), not _words(clip) & _words(name), clip != _FIRST)
        for clip in sample_clips()
    }
    return tuple(sorted(order, key=lambda clip: order[clip]))


def begin_trial(text: str, clip: str = "") -> Trial:
    """A practice pass with the scheme of this text, which need not be kept anywhere, on a sample film.

    clip: a name of `sample_clips`; the one that fits best if empty. Raises SchemeError with all problems of the
    text, and CoderError if there is no such film.
    """
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER))
    try:
        return _trial(folder, text, clip)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _trial(folder: Path, text: str, clip: str) -> Trial:
    with contextlib.ExitStack() as undone:
        store = new_study(folder / "study", tr("Trying a scheme"))
        undone.callback(store.close)
        scheme = adopt(store, text)
        session = add_session(store, _film(clip or next(iter(clips_for(scheme)), "")), clip)
        coder = add_coder(store, tr("You"), Role.TRAINEE)
        header = begin_pass(store, session.id, coder.id, scheme.id.name, Purpose.TRAINING)
        trial = Trial(store, open_pass(store, header.id), folder)
        undone.pop_all()
        return trial


def _film(clip: str) -> Path:
    if clip not in sample_clips():
        what = tr("There is no sample film “{clip}”.", clip=clip)
        raise CoderError(Problem(what, hint=tr("Sample films: {names}.", names=", ".join(sample_clips()))))
    return shipped("sample_media") / f"{clip}.mp4"


def _words(name: str) -> frozenset[str]:
    """Those of more than two letters, without the s of the plural."""
    return frozenset(word.rstrip("s") for word in name.split("-") if len(word) > 2)


def _mastered(clip: str, scheme: str) -> bool:
    return (shipped("sample_media") / _MASTER.format(clip=clip, scheme=scheme)).is_file()


def _codes(scheme: Scheme) -> frozenset[str]:
    return frozenset(code.id for _, code in scheme.codes() if not code.uncodable)
