"""The truth of one film: who looked where, how they moved and what could be seen, one row a frame.

`<clip>.truth.csv` beside the film (`<clip>.<camera>.truth.csv` if there are several cameras). Standard library and
numpy only: this module also runs where the pictures are rendered.
"""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.acts import PEOPLE, SECOND_US, other

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Times = NDArray[np.int64]
Words = NDArray[np.str_]

FREE_TARGETS = ("away", "camera", "closed")
HOLDERS = ("none", "parent", "child", "both")
_HOLDER = "_holder"
_WORDS, _FLAGS = frozenset({"target"}), frozenset({"settled", "voice", "mutual_gaze"})
# as fine as anybody could measure it, and no finer: the file is read by people too
_DECIMALS = {"deg": 2, "px": 2, "mm": 1}
_SHARE_DECIMALS = 3
_AT_MOST_NAMED = 4


class TruthError(Exception):
    """A truth table cannot be read or written; the message has one sentence per problem, one per line."""


@dataclass(frozen=True, eq=False)
class Person:
    """One person through the film; every column is an array with one value a frame (n).

    Angles are in the camera's frame: yaw 0 looks towards the camera, + towards the picture's right; pitch + is up;
    roll + is clockwise in the picture. Pixels count from the picture's upper left corner, x to the right, y down.
    """

    target: Words
    """What the eyes are meant for: the other's `child_face|parent_face|child_hands|parent_hands`, a toy's name,
    `away`, `camera` or `closed` (lids shut on purpose). It stays the same during blinks and changes with the
    beginning of a gaze shift; `closed` from lids half down to the beginning of the next look."""
    settled: Flags
    """1: the eyes point within 4° of the target, in blinks too, and always while it is `closed`; 0: they are on
    their way to a new target, or from one side to another while it is `away`."""
    gaze_yaw_deg: Numbers
    """Direction of the eyes, degrees, + to the picture's right."""
    gaze_pitch_deg: Numbers
    """Direction of the eyes, degrees, + up."""
    head_yaw_deg: Numbers
    """Direction of the head, degrees, + to the picture's right."""
    head_pitch_deg: Numbers
    """Direction of the head, degrees, + up."""
    head_roll_deg: Numbers
    """Tilt of the head, degrees, + clockwise in the picture."""
    face_x_px: Numbers
    """Left edge of the box around the face's points, px; may lie outside the picture."""
    face_y_px: Numbers
    """Upper edge of that box, px."""
    face_w_px: Numbers
    """Width of that box, px."""
    face_h_px: Numbers
    """Height of that box, px."""
    face_visible: Numbers
    """Share 0..1 of sampled points of the face that are inside the picture and not hidden by hands, toy or the
    other person."""
    iris_left_x_px: Numbers
    """Centre of the iris of the person's own left eye, px."""
    iris_left_y_px: Numbers
    """As above, down from the upper edge, px."""
    iris_right_x_px: Numbers
    """Centre of the iris of the person's own right eye, px."""
    iris_right_y_px: Numbers
    """As above, down from the upper edge, px."""
    camera_distance_mm: Numbers
    """From the camera to the midpoint between the eyes, mm."""
    mouth: Numbers
    """How far the jaw is open, 0 closed .. 1 wide."""
    smile: Numbers
    """Strength of the smile, 0 none .. 1 broad."""
    eyes: Numbers
    """How far the lids are open, 0 closed .. 1 open."""
    voice: Flags
    """1: the person's voice has energy in this frame."""
    hand_to_other_mm: Numbers
    """From the nearest point of the own hands to the surface of the other's body, mm; 0 is contact."""


@dataclass(frozen=True, eq=False)
class Truth:
    """The truth of one film; n frames in order."""

    frame: Times
    """Number of the frame, from 0."""
    time_us: Times
    """When the frame begins on the film's own clock, whole microseconds (column `time_s`, seconds); strictly
    rising from 0."""
    parent: Person
    child: Person
    head_distance_mm: Numbers
    """Between the two persons' midpoints of the eyes, mm."""
    mutual_gaze: Flags
    """1: each looks at the other's face, both settled."""
    holder: Mapping[str, Words]
    """For each toy (column `<toy>_holder`): who has it in hand, `none|parent|child|both`."""

    def __len__(self) -> int:
        return len(self.frame)

    def of(self, who: str) -> Person:
        """The person "parent" or "child"."""
        return self.parent if who == "parent" else self.child


PERSON_COLUMNS = tuple(field.name for field in fields(Person))


def columns(toys: Iterable[str]) -> tuple[str, ...]:
    """The file's columns for a room with these toys, in their order."""
    people = (f"{who}_{name}" for who in PEOPLE for name in PERSON_COLUMNS)
    return ("frame", "time_s", *people, "head_distance_mm", "mutual_gaze", *(f"{toy}{_HOLDER}" for toy in toys))


def read_truth(path: Path) -> Truth:
    """The truth in a file. Raises TruthError with all its problems."""
    try:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), strict=True))
    except OSError as error:
        raise TruthError(
            f"{path} cannot be read ({error.strerror}); make it with `python -m studio truth`."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TruthError(
            f"{path.name} is no table: {error}; make it anew with `python -m studio truth`."
        ) from error
    return _Table(path.name, rows).truth()


def write_truth(truth: Truth, path: Path) -> None:
    """Write the table whole or not at all. Raises TruthError for a value that `read_truth` would not take."""
    text = truth_text(truth)
    _Table(path.name, list(csv.reader(io.StringIO(text, newline="")))).truth()
    # like coder.staging, which the place of rendering does not have
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise TruthError(f"{path} cannot be written ({error.strerror}); make room or choose another.") from error
    finally:
        aside.unlink(missing_ok=True)


def truth_text(truth: Truth) -> str:
    """The table as CSV text."""
    cells = [[str(number) for number in truth.frame]]
    cells.append([f"{at // SECOND_US}.{at % SECOND_US:06}" for at in truth.time_us.tolist()])
    cells += [_cells(name, getattr(truth.of(who), name)) for who in PEOPLE for name in PERSON_COLUMNS]
    cells += [_cells(name, getattr(truth, name)) for name in ("head_distance_mm", "mutual_gaze")]
    cells += [[str(word) for word in held] for held in truth.holder.values()]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns(truth.holder))
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue()


def _cells(name: str, values: NDArray[Any]) -> list[str]:
    if name in _WORDS:
        return [str(value) for value in values]
    if name in _FLAGS:
        return ["1" if value else "0" for value in values]
    decimals = _DECIMALS.get(name.rsplit("_", 1)[-1], _SHARE_DECIMALS)
    # + 0.0 turns a rounded -0.0 into 0.0: one value has one spelling
    return [f"{round(float(value), decimals) + 0.0:.{decimals}f}" for value in values]


def _few(names: Sequence[str]) -> str:
    more = len(names) - _AT_MOST_NAMED
    return ", ".join(names[:_AT_MOST_NAMED]) + (f" and {more} more" if more > 0 else "") or "none"


class _Table:
    """Reads the cells of one file and gathers its problems."""

    def __init__(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        self.name, self.problems = name, list[str]()
        self.heading, self.rows = (rows[0], rows[1:]) if rows else ([], [])

    def truth(self) -> Truth:
        self.check_shape()
        self.stop_if_wrong()
        cells = dict(zip(self.heading, zip(*self.rows, strict=True), strict=True))
        toys = [name.removesuffix(_HOLDER) for name in self.heading if name.endswith(_HOLDER)]
        people = {who: self.person(who, cells, toys) for who in PEOPLE}
        truth = Truth(
            frame=self.numbers("frame", cells["frame"]).astype(np.int64),
            time_us=np.rint(self.numbers("time_s", cells["time_s"]) * SECOND_US).astype(np.int64),
            parent=people["parent"],
            child=people["child"],
            head_distance_mm=self.numbers("head_distance_mm", cells["head_distance_mm"]),
            mutual_gaze=self.flags("mutual_gaze", cells["mutual_gaze"]),
            holder={toy: self.words(f"{toy}{_HOLDER}", cells[f"{toy}{_HOLDER}"], HOLDERS) for toy in toys},
        )
        if not np.array_equal(truth.frame, np.arange(len(truth))):
            self.problems.append(f"{self.name}: the frames are not numbered 0, 1, 2 …; make the table anew.")
        if truth.time_us[0] < 0 or (np.diff(truth.time_us) <= 0).any():
            self.problems.append(f"{self.name}: time_s does not rise from row to row; make the table anew.")
        self.stop_if_wrong()
        return truth

    def check_shape(self) -> None:
        if not self.rows:
            self.problems.append(f"{self.name} has no frame; make it anew with `python -m studio truth`.")
            return
        toys = [name.removesuffix(_HOLDER) for name in self.heading if name.endswith(_HOLDER)]
        wanted = columns(toys)
        missing = [name for name in wanted if name not in self.heading]
        extra = [name for name in self.heading if name not in wanted]
        if missing or extra or len(self.heading) != len(wanted):
            text = f"missing: {_few(missing)}; not known: {_few(extra)}"
            fault = f"{self.name} does not have the columns of a truth table ({text})"
            self.problems.append(f"{fault}; make it anew with `python -m studio truth`.")
            return
        for number, row in enumerate(self.rows, start=2):
            if len(row) != len(self.heading):
                text = f"{len(row)} cells, and the heading has {len(self.heading)}"
                self.problems.append(f"{self.name}, row {number} has {text}; make the table anew.")

    def person(self, who: str, cells: Mapping[str, Sequence[str]], toys: Sequence[str]) -> Person:
        targets = (f"{other(who)}_face", f"{other(who)}_hands", *toys, *FREE_TARGETS)
        values: dict[str, Any] = {}
        for name in PERSON_COLUMNS:
            column = f"{who}_{name}"
            if name in _WORDS:
                values[name] = self.words(column, cells[column], targets)
            else:
                read = self.flags if name in _FLAGS else self.numbers
                values[name] = read(column, cells[column])
        return Person(**values)

    def words(self, column: str, cells: Sequence[str], known: Sequence[str]) -> Words:
        for row, cell in enumerate(cells, start=2):
            if cell not in known:
                self.problem(row, column, f"“{cell}” is none of {', '.join(known)}")
        return np.array(cells, dtype=np.str_)

    def flags(self, column: str, cells: Sequence[str]) -> Flags:
        return np.asarray(self.words(column, cells, ("0", "1")) == "1", dtype=np.bool_)

    def numbers(self, column: str, cells: Sequence[str]) -> Numbers:
        values = np.zeros(len(cells))
        for index, cell in enumerate(cells):
            try:
                values[index] = float(cell)
            except ValueError:
                values[index] = np.nan
            if not np.isfinite(values[index]):
                self.problem(index + 2, column, f"“{cell}” is not a number")
        return values

    def problem(self, row: int, column: str, text: str) -> None:
        self.problems.append(f"{self.name}, row {row}, column {column}: {text}; make the table anew.")

    def stop_if_wrong(self) -> None:
        if self.problems:
            raise TruthError("\n".join(self.problems))
