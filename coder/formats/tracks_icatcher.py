"""Results of iCatcher+: where an infant looks on a screen, frame by frame.

Its text (`--output_format raw_output`) has no heading, and a line `frame, class, confidence` for each frame,
counted from 0. Its archive (`compressed`, .npz) holds two arrays: classes as numbers, and confidences, one value a
frame. Left and right are taken as iCatcher+ names them. Where no face was found, or none of an infant, and at both
ends of the film, where its window of frames is not full, nothing is valid.
(Erel et al. 2023; github.com/icatcherplus/icatcher_plus, README and cli.py.)
"""

import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coder.formats.files import read_text
from coder.formats.tracks_table import MOST_FRAME, Mistakes, TrackTable, number
from coder.language import tr
from coder.model.problem import FormatError, Problem
from coder.model.track import Signal, Why

_MOST_BYTES = 100_000_000
_UNKNOWN = {"none": Why.NOT_SAID, "noface": Why.NO_FACE, "nobabyface": Why.NO_FACE}
_SIDES = {"left": -1.0, "right": 1.0, "center": 0.0, "away": 0.0}
_CODES = {-3: "none", -2: "noface", -1: "nobabyface", 0: "away", 1: "left", 2: "right"}


def read_icatcher(path: Path, person: str) -> TrackTable:
    """person: whose looks these are. Raises FormatError with all the file's problems."""
    mistakes = Mistakes(path.name)
    archive = path.suffix.lower() == ".npz"
    frames, classes, sure = (_archive if archive else _text)(path, mistakes)
    mistakes.raise_if_any()
    if not len(frames):
        mistakes.add(tr("The file has no frames."))
    if np.any(np.diff(frames) <= 0):
        row = int(np.flatnonzero(np.diff(frames) <= 0)[0]) + 2
        mistakes.add(tr("The frames do not rise."), tr("Each frame may stand there once, in order."), row)
    mistakes.raise_if_any()
    known = np.array([name not in _UNKNOWN for name in classes])
    why = np.array([_UNKNOWN.get(name, Why.SEEN) for name in classes], np.uint8)
    sided = known & np.array([name not in {"on", "off"} for name in classes])
    columns: dict[str, tuple[Signal, NDArray[np.float64], NDArray[np.bool_]]] = {}

    def add(end: str, label: str, unit: str, low: float, values: list[float], valid: NDArray[np.bool_]) -> None:
        signal = Signal(f"{person}_icatcher_{end}", f"{person}: {label} (iCatcher+)", unit, low, 1)
        columns[signal.id] = signal, np.where(valid, values, 0.0), valid

    looking = [float(name not in {"away", "off"}) for name in classes]
    add("on_screen", "looks at the screen", "0/1", 0, looking, known)
    if sided.any():
        add("side", "looks left (−1) or right (1)", "−1–1", -1, [_SIDES.get(name, 0.0) for name in classes], sided)
    add("confidence", "confidence", "0–1", 0, sure, known & (np.array(sure) >= 0))
    return TrackTable(
        "icatcher",
        "",
        frames,
        None,
        tuple(signal for signal, _, _ in columns.values()),
        {name: values for name, (_, values, _) in columns.items()},
        {name: valid for name, (_, _, valid) in columns.items()},
        {"person": person, "format": "npz" if archive else "text"},
        {
            name: np.where(valid, Why.SEEN, np.where(why == Why.SEEN, Why.NOT_SAID, why)).astype(np.uint8)
            for name, (_, _, valid) in columns.items()
        },
        (tr("Numbers 1 and 2 of the archive are taken for left and right."),) if archive else (),
    )


def _text(path: Path, mistakes: Mistakes) -> tuple[NDArray[np.int64], list[str], list[float]]:
    frames, classes, sure = [], [], []
    for line, text in enumerate(read_text(path, _MOST_BYTES, FormatError).splitlines(), start=1):
        cells = [cell.strip() for cell in text.split(",")]
        if cells == [""]:
            continue
        hint = tr("Each line is a frame, a class and a confidence: make the file with --output_format raw_output.")
        if len(cells) != 3:
            mistakes.add(tr("The line has {count} parts and not 3.", count=len(cells)), hint, line)
            continue
        if not cells[0].isdecimal() or len(cells[0]) > len(str(MOST_FRAME)):
            mistakes.add(tr("“{cell}” is not a number of a frame.", cell=cells[0][:30]), hint, line)
        elif cells[1] not in {*_UNKNOWN, *_SIDES, "on", "off"}:
            known = ", ".join([*_UNKNOWN, *_SIDES, "on", "off"])
            what = tr("“{cell}” is not a class of iCatcher+.", cell=cells[1][:30])
            mistakes.add(what, tr("There are: {names}.", names=known), line)
        elif (found := number(cells[2])) is None or found > 1:
            mistakes.add(tr("“{cell}” is not a confidence.", cell=cells[2][:30]), hint, line)
        else:
            frames.append(int(cells[0]))
            classes.append(cells[1])
            sure.append(found)
    return np.array(frames, np.int64), classes, sure


def _archive(path: Path, mistakes: Mistakes) -> tuple[NDArray[np.int64], list[str], list[float]]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            classes, confidences = (
                held["arr_0"].ravel().astype(np.float64),
                held["arr_1"].ravel().astype(np.float64),
            )
            if not np.isfinite(classes).all():
                raise ValueError("a class is not a number")
            codes = np.clip(classes, -MOST_FRAME, MOST_FRAME).astype(np.int64)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        what = tr("The file is no archive of iCatcher+: {error}.", error=error)
        hint = tr("Make it with --output_format compressed.")
        raise FormatError(Problem(what, path.name, hint)) from None
    if codes.shape != confidences.shape:
        mistakes.add(tr("The archive has {a:,} classes and {b:,} confidences.", a=codes.size, b=confidences.size))
    if unknown := sorted({int(code) for code in codes} - set(_CODES)):
        hint = tr("A version with other classes made it; give the text instead, which names them.")
        mistakes.add(tr("The archive has the class {code}, which is not known.", code=unknown[0]), hint)
    mistakes.raise_if_any()
    return np.arange(codes.size, dtype=np.int64), [_CODES[int(code)] for code in codes], confidences.tolist()
