"""A study as a supervisor has it: every sample clip a session, coded by the master and by the simulated coders.

    Mika   the master, in every session (main passes)
    Robin  careful    Sasha  hasty    Toni  confused    Kim  drifting, the k-th session with the k-th pass

Kim's passes of “Gaze and Near” stray more from session to session: the first session is still sound.
"""

from collections.abc import Sequence
from pathlib import Path

from coder.model.study import Purpose
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study

MASTER = "Mika"
CODERS = {"Robin": "careful", "Sasha": "hasty", "Toni": "confused", "Kim": "drifting-{}"}
CLIPS = ("first-practice", "shared-play", "cues-responses", "hard-to-see", "phone")
SAMPLES = shipped("sample_media")


def supervised(
    folder: Path,
    *,
    clips: Sequence[str] = CLIPS,
    coders: Sequence[str] = tuple(CODERS),
    schemes: Sequence[str] = ("gaze-near",),
    name: str = "Home visits",
) -> StudyStore:
    """A study in `folder` with these clips, in this order, coded by the master and these coders; the open store.

    schemes: by name; a clip that has no master pass with a scheme is left out of it.
    """
    store = new_study(folder, name)
    for number, clip in enumerate(clips, start=1):
        add_session(store, SAMPLES / f"{clip}.mp4", clip)
        for scheme in schemes:
            master = SAMPLES / f"{clip}.{scheme}.master.csv"
            if master.exists():
                import_events(store, master, session=clip, coder=MASTER, scheme=scheme)
                for coder in coders:
                    file = SAMPLES / "passes" / f"{clip}.{scheme}.{CODERS[coder].format(number)}.csv"
                    double = Purpose.RELIABILITY
                    import_events(store, file, session=clip, coder=coder, scheme=scheme, purpose=double)
    return store
