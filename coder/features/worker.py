"""A child process: shown segments of films one after the other, it sends what an extractor finds to its parent.

Models and the indexes of films stay loaded between tasks. It ends when its parent is gone, whatever it is doing.
"""

import os
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NoReturn

from coder.features.extractor import PICTURES, Block, Extractor, make, source_of
from coder.features.messages import AGAIN, Failure, Finished, Task
from coder.features.showing import shown
from coder.language import speak, tr
from coder.media import FrameIndex, open_index
from coder.model.problem import CoderError, FeatureError, MediaError, Problem
from coder.model.progress import Progress

Send = Callable[[object], None]

_FILMS = 2  # indexes that are kept: work goes from one film to the next
_ORPHANED = 3  # exit code
_MODEST = 5  # whoever codes meanwhile goes first


def main(connection: "Connection[object, object]", log: Path) -> None:
    """Serve tasks until the parent closes its end. What libraries write to the terminal goes to `log`."""
    threading.Thread(target=_end_with_the_parent, args=(log,), name="orphan watch", daemon=True).start()
    _write_to(log)
    if hasattr(os, "nice"):
        os.nice(_MODEST)

    def send(message: object) -> None:
        try:
            connection.send(message)
        except OSError:
            _orphaned(log)  # nobody wants to know any more

    desk = _Desk(send)
    with suppress(EOFError, OSError):
        while isinstance(task := connection.recv(), Task):
            failure = _served(desk, task)
            if failure is not None:
                send(failure)
            if failure is not None and failure.detail:
                break  # a mistake in a program may leave a model in a state in which it hangs: begin afresh
    connection.close()
    os._exit(0)  # nothing is left to be saved, and the models' libraries do not always end when Python does


class _Desk:
    """What is kept between two tasks."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._extractors: dict[tuple[object, ...], Extractor] = {}
        self._films: dict[str, FrameIndex | Path] = {}

    def serve(self, task: Task) -> None:
        """Send one block, and progress before it. Raises CoderError, and whatever a plug-in raises."""
        extractor = self._extractor(task)
        film = self._film(task.film, extractor)
        began, sent = time.monotonic(), 0
        for message in extractor.measure(shown(extractor, film, task.start, task.stop), task.start, task.stop):
            if isinstance(message, Block):
                _require_whole(message, extractor, task)
                sent += 1
            self._send(message)
        if sent != 1:
            raise FeatureError(_not_a_block(extractor, tr("{count} blocks for one segment", count=sent)))
        self._send(Finished(time.monotonic() - began))

    def _extractor(self, task: Task) -> Extractor:
        key = (task.extractor, *sorted(task.settings.items()))
        if key not in self._extractors:
            self._send(Progress(0, 0, tr("Loading the models")))
            self._extractors = {kept: one for kept, one in self._extractors.items() if kept[0] != task.extractor}
            self._extractors[key] = make(task.extractor, task.settings)
        return self._extractors[key]

    def _film(self, path: str, extractor: Extractor) -> FrameIndex | Path:
        film = self._films.pop(path, None)
        if film is None:
            film = self._opened(Path(path), extractor)
        self._films[path] = film
        while len(self._films) > _FILMS:
            del self._films[next(iter(self._films))]
        return film

    def _opened(self, path: Path, extractor: Extractor) -> FrameIndex | Path:
        try:
            return open_index(
                path, progress=lambda share: self._send(Progress(round(share * 100), 100, tr("Opening the film")))
            )
        except MediaError:
            if source_of(extractor) == PICTURES:
                raise
            return path  # sound only


def _served(desk: _Desk, task: Task) -> Failure | None:
    """What went wrong, if anything did."""
    speak(task.language)
    try:
        desk.serve(task)
    except CoderError as error:
        return Failure(tuple(error.problems), media=isinstance(error, MediaError))
    except MemoryError:
        what = tr("Measuring stopped: there was not enough memory.")
        hint = tr("Close other programs or measure with fewer processes; it goes on after the last finished part.")
        return Failure((Problem(what, task.film, hint),), detail=traceback.format_exc())
    except Exception as error:  # noqa: BLE001  the last resort of a process: what went wrong must reach the parent
        what = tr(
            "Measuring stopped because of an error in the program ({name}: {error}).",
            name=type(error).__name__,
            error=error,
        )
        return Failure((Problem(what, task.film, tr(AGAIN)),), detail=traceback.format_exc())
    return None


def _require_whole(block: Block, extractor: Extractor, task: Task) -> None:
    """Raise FeatureError unless the block is what the protocol promises: a plug-in's author must be told."""
    rows, signals = block.indices, len(extractor.signals)
    shape = (signals, len(rows))
    if (block.start, block.stop) != (task.start, task.stop):
        what = tr("frames {start} to {stop}", start=block.start, stop=block.stop)
    elif not (block.values.shape == block.valid.shape == shape and block.at_us.shape == rows.shape):
        what = tr("values of shape {shape} for {signals} signals", shape=block.values.shape, signals=signals)
    elif block.why is not None and block.why.shape != shape:
        what = tr("reasons of shape {shape}", shape=block.why.shape)
    elif len(rows) and not (rows[0] >= task.start and rows[-1] < task.stop and (rows[1:] > rows[:-1]).all()):
        what = tr("frames out of order or outside of the segment")
    else:
        return
    raise FeatureError(_not_a_block(extractor, what))


def _not_a_block(extractor: Extractor, what: str) -> Problem:
    return Problem(
        tr("The extractor “{name}” broke its promise: it gave {what}.", name=extractor.name, what=what),
        hint=tr("Ask its author to mend it."),
    )


def _end_with_the_parent(log: Path) -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        _orphaned(log)


def _orphaned(log: Path) -> NoReturn:
    """End, and take along what the parent would have removed."""
    with suppress(OSError):  # Windows does not remove what is open
        log.unlink()
    os._exit(_ORPHANED)


def _write_to(log: Path) -> None:
    """MediaPipe's libraries write notes to the terminal whatever they are told: keep them for a crash report.

    What a plug-in prints must not get between the lines of a command's answer either.
    """
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
