"""Moments of a film on one sheet, with frame, time and what is going on: the catalogue's picture of a clip."""

from bisect import bisect_right
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from coder.media import FrameSource, open_index
from coder.model.problem import CoderError, Problem
from studio.acts import BODY, BOTH_HANDS, FACE, GAZE, HEAD, SECOND_US, TOY_ACTS, VERBS, Act, contact_us
from studio.clock import file_times_us, frame_times_us
from studio.scenario import Camera, Scenario
from studio.telling import minutes, noun, phrase

Pixels = NDArray[np.uint8]

MOMENTS = 12
AT_MOST_BYTES = 250_000
# A moment keeps this share of its stretch's length from the stretch's ends, so that no two are nearly the same.
_MARGIN = 0.1
_SETTLED_US = SECOND_US // 2  # eyes have come to rest by then
_WIDE, _UPRIGHT = (320, 4), (208, 6)  # width of a picture in px, pictures a row
_GAP, _LINE, _SIZE, _SMALL = 12, 18, 14, 13
_PAPER, _INK, _GREY = 255, (30, 30, 30), (95, 95, 95)
_FONTS = Path(__file__).resolve().parent.parent / "coder" / "annotate" / "view" / "fonts"
_ONCE = frozenset({"take", "put_down", "roll", "clap"})


@dataclass(frozen=True)
class Moment:
    """A time of the session worth a picture, and what is going on then."""

    at_us: int
    act: Act


def moments(scenario: Scenario, count: int = MOMENTS) -> tuple[Moment, ...]:
    """One moment for each of `count` equal stretches of the session that all cameras film.

    An act of hands or body goes before a face, a face before a word or a look, and what was not shown yet first.
    """
    begin_us = max(camera.starts_us for camera in scenario.cameras)
    step_us = (scenario.length_us - begin_us) / count
    shown: set[str] = set()
    found: list[Moment] = []
    for number in range(count):
        first_us = begin_us + (number + _MARGIN) * step_us
        last_us = begin_us + (number + 1 - _MARGIN) * step_us
        here = [Moment(_height_us(act), act) for act in scenario.acts if first_us <= _height_us(act) <= last_us]
        middle_us = round((first_us + last_us) / 2)
        best = max(
            here or [Moment(middle_us, _latest(scenario, middle_us))], key=lambda one: _worth(one.act, shown)
        )
        shown.add(best.act.verb)
        found.append(best)
    return tuple(found)


def _latest(scenario: Scenario, at_us: int) -> Act:
    """What began last of all that goes on; somebody always looks somewhere."""
    on = [act for act in scenario.acts if act.end_us is not None and act.start_us <= at_us < act.end_us]
    return max(on, key=lambda act: act.start_us)


def _height_us(act: Act) -> int:
    """When an act can be seen best."""
    assert act.end_us is not None
    if act.verb in _ONCE:
        return contact_us(act)
    if act.verb in GAZE:
        return min(act.start_us + _SETTLED_US, act.end_us)
    return max((act.start_us + act.end_us) // 2, contact_us(act) if VERBS[act.verb].seconds else 0)


def _worth(act: Act, shown: set[str]) -> tuple[int, bool, int]:
    bodily = act.verb in TOY_ACTS | BODY | BOTH_HANDS | HEAD | {"touch", "tickle", "wave"}
    rank = 3 if bodily else 2 if act.verb in FACE else 1
    new = act.verb not in shown
    return rank + new, new, -act.start_us


def contact_sheet(scenario: Scenario, media: Path) -> bytes:
    """The moments as one JPEG of at most `AT_MOST_BYTES`; cameras side by side. Raises MediaError."""
    width, columns = _WIDE if scenario.picture.width > scenario.picture.height else _UPRIGHT
    height = round(width * scenario.picture.height / scenario.picture.width)
    chosen = moments(scenario)
    tiles: list[list[Pixels]] = []
    with ExitStack() as stack:
        for camera in scenario.cameras:
            film = open_index(media / f"{scenario.film_stem(camera)}.mp4")
            source = stack.enter_context(FrameSource(film))
            tiles.append([_tile(source, scenario, camera, moment, width, height) for moment in chosen])
    side_by_side = [tile for pair in zip(*tiles, strict=True) for tile in pair]
    return _jpeg(_rows(side_by_side, columns))


def _tile(
    source: FrameSource, scenario: Scenario, camera: Camera, moment: Moment, width: int, height: int
) -> Pixels:
    """A picture with its caption below."""
    index = max(bisect_right(frame_times_us(scenario, camera), moment.at_us) - 1, 0)
    frame = source.frame(index)
    picture = cv2.resize(frame.rgb()[..., ::-1], (width, height), interpolation=cv2.INTER_AREA)
    tile = np.full((height + 4 * _LINE, width, 3), _PAPER, np.uint8)
    tile[:height] = picture
    which = f"camera {camera.id}, " if len(scenario.cameras) > 1 else ""
    place = f"{which}frame {index:,} · {minutes(file_times_us(scenario, camera)[index])}"
    _write(tile, place, height + _LINE, "Inter-SemiBold.otf", _SIZE, _INK)
    words = f"{noun(scenario, moment.act.who).capitalize()} {phrase(scenario, moment.act)}"
    for number, line in enumerate(_wrapped(words, width), start=2):
        _write(tile, line, height + number * _LINE, "Inter-Regular.otf", _SMALL, _GREY)
    return tile


def _write(tile: Pixels, text: str, y: int, font: str, size: int, colour: tuple[int, int, int]) -> None:
    cv2.putText(tile, text, (1, y), colour, cv2.FontFace(str(_FONTS / font)), size)


def _wrapped(words: str, width: int) -> list[str]:
    """The words in lines that fit."""
    face = cv2.FontFace(str(_FONTS / "Inter-Regular.otf"))
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        (_, _, wide, _) = cv2.getTextSize((width * 4, 100), longer, (0, 50), face, _SMALL)
        if wide > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _rows(tiles: Sequence[Pixels], columns: int) -> Pixels:
    height, width, _ = tiles[0].shape
    rows = -(-len(tiles) // columns)
    sheet = np.full((rows * height + _GAP, columns * (width + _GAP) + _GAP, 3), _PAPER, np.uint8)
    for number, tile in enumerate(tiles):
        row, column = divmod(number, columns)
        x, y = _GAP + column * (width + _GAP), _GAP + row * height
        sheet[y : y + height, x : x + width] = tile
    return sheet


def _jpeg(picture: Pixels) -> bytes:
    for quality in range(90, 30, -5):
        done, code = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if done and len(code) <= AT_MOST_BYTES:
            return bytes(code)
    raise CoderError(Problem(f"The sheet of moments does not fit into {AT_MOST_BYTES:,} bytes."))
