"""A course on the shortest film, coded in rows that can be seen: a second a clip, three calls in each.

    film   0s          2s          4s    5s    6s    7s    8s
           │ watch     │ try       │ a   │ b   │ c   │ d   │
                                   └ test 1 ──┘└ test 2 ──┘

The child smiles in the first half of each second and is calm in the second half.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from coder.model.coding import Event
from coder.model.edit import Edit
from coder.model.study import Coder, Role
from coder.model.time import Span
from coder.model.training import Attempt, TakenCourse
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.passes import submit_pass
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import begin_attempt, begin_guided, finish_guided
from coder.workflows.training.courses import take_course

FILM = shipped("sample_media") / "dyad-first.mp4"
AT_MS = (200, 500, 800)
TESTS = {"a": (4, 1), "b": (5, 1), "c": (6, 2), "d": (7, 2)}

SCHEME = """
name = "calls"
version = "1.0"
title = "Calls and smiles"
summary = "For a test."
licence = "CC0"
language = "en"
ages = "any"

[[tiers]]
id = "calls"
label = "Calls"
stream = "parent"
kind = "point"
targets = [{ statistic = "F1", target = 0.75, tolerance_ms = 50 }]

[[tiers.codes]]
id = "call"
label = "Call"
key = "1"
definition = "The parent calls."

[[tiers]]
id = "face"
label = "Face"
stream = "child"
kind = "state"
exclusive = true

[[tiers.codes]]
id = "smile"
label = "Smile"
key = "2"
definition = "The mouth smiles."

[[tiers.codes]]
id = "calm"
label = "Calm"
key = "3"
definition = "Anything else."
"""

HEAD = """
name = "calls-first"
version = "1.0"
title = "Hear the calls"
summary = "A small course."
notice = "Says nothing."

[scheme]
name = "calls"
version = "1.0"
file = "scheme.toml"

[rule]
clips = 2
min_events = 3
valid_days = 200
codes = [{ tier = "calls", codes = ["call"] }]

[[rule.requirements]]
statistic = "F1"
tier = "calls"
target = 0.75
"""


def step(name: str, kind: str, start_s: float, end_s: float, more: str = "") -> str:
    """A step of the course's file."""
    return f"""
[[steps]]
id = "{name}"
kind = "{kind}"
title = "Step {name}"
film = "film.mp4"
from = "{start_s}"
to = "{end_s}"
clip = "clip {name}"
master = "master.csv"
{more}
"""


EXERCISE = 'exercises = [{ ask = "code", tier = "calls", at = "0.5" }]'
WATCH = step("watch", "guided", 0, 2, EXERCISE)
TRY = step("try", "practice", 2, 4)
COURSE = (
    HEAD
    + WATCH
    + TRY
    + "".join(step(name, "test", at, at + 1, f"test_set = {test_set}") for name, (at, test_set) in TESTS.items())
)


def master_csv(seconds: Sequence[int] = range(8), reason: str = "The parent says the name.") -> str:
    """The master of the whole film: what is called in these seconds, and the child's face."""
    rows = [f"calls,call,{second + ms / 1000},,{reason}\n" for second in seconds for ms in AT_MS]
    for second in range(8):
        rows += [f"face,smile,{second},{second + 0.5},\n", f"face,calm,{second + 0.5},{second + 1},\n"]
    return "tier,code,onset,offset,note\n" + "".join(
        row.replace(",,", f",{row.split(',')[2]},", 1) if row.startswith("calls") else row for row in rows
    )


def course_file(folder: Path, text: str = COURSE, master: str = "") -> Path:
    """The course in a folder of its own, with its scheme, its film and its master."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "film.mp4").exists():
        shutil.copy(FILM, folder / "film.mp4")
    (folder / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    (folder / "master.csv").write_text(master or master_csv(), encoding="utf-8")
    (folder / "course.toml").write_text(text, encoding="utf-8")
    return folder / "course.toml"


def training(folder: Path, *names: str, text: str = COURSE) -> tuple[StudyStore, TakenCourse, tuple[Coder, ...]]:
    """A study that has taken the course, with trainees of these names; the open store."""
    store = new_study(folder / "study", "Training")
    taken = take_course(store, course_file(folder / "course", text))
    coders = tuple(Coder(str(uuid4()), name, Role.TRAINEE) for name in names)
    for coder in coders:
        store.add_coder(coder)
    return store, taken, coders


def calls(store: StudyStore, attempt: Attempt, *at_ms: int, smile: tuple[int, int] | None = None) -> None:
    """Code calls at these milliseconds after the clip's beginning, and the child's smile from one to another."""
    start_us = store.header(attempt.pass_id).window.start_us
    events = [Event(str(uuid4()), "calls", "call", Span.moment(start_us + 1_000 * ms)) for ms in at_ms]
    if smile is not None:
        span = Span(*(start_us + 1_000 * ms for ms in smile))
        events.append(Event(str(uuid4()), "face", "smile", span))
    if events:
        store.save_edit(attempt.pass_id, Edit.adding("Code", events), actor=attempt.coder_id)


def go(store: StudyStore, taken: TakenCourse, coder: Coder, step_id: str, at_ms: Sequence[int] = AT_MS) -> Attempt:
    """Code a step from its beginning to its submission."""
    attempt = begin_attempt(store, taken, step_id, coder.id)
    calls(store, attempt, *at_ms)
    submit_pass(store, attempt.pass_id)
    return attempt


def watch(store: StudyStore, taken: TakenCourse, coder: Coder) -> Attempt:
    """Watch the guided step to its end."""
    attempt = begin_guided(store, taken, "watch", coder.id)
    finish_guided(store, attempt.id, 1, 1)
    return attempt


def learnt(store: StudyStore, taken: TakenCourse, coder: Coder) -> None:
    """Do all that comes before the first test."""
    watch(store, taken, coder)
    go(store, taken, coder, "try")
