"""The child process: decodes the film, measures it, and sends what it finds to its parent."""

import os
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from coder.features.extractor import Extractor, Picture, make
from coder.features.messages import AGAIN, Failure, Finished, Request
from coder.language import speak, tr
from coder.media import FrameIndex, frames, open_index
from coder.model.problem import CoderError, MediaError, Problem
from coder.model.progress import Progress


def main(connection: "Connection[object, object]", request: Request, log: Path) -> None:
    """Serve one request and end. Everything that libraries write to the terminal goes to `log`."""
    _write_errors_to(log)
    speak(request.language)
    try:
        _serve(connection, request)
        connection.send(Finished())
    except BrokenPipeError:
        pass  # the parent is gone, and with it everybody who wanted to know
    except CoderError as error:
        connection.send(Failure(tuple(error.problems), media=isinstance(error, MediaError)))
    except Exception as error:  # noqa: BLE001  the last resort of a process: what went wrong must reach the parent
        what = tr(
            "Measuring stopped because of an error in the program ({name}: {error}).",
            name=type(error).__name__,
            error=error,
        )
        connection.send(Failure((Problem(what, request.film, tr(AGAIN)),), detail=traceback.format_exc()))
    finally:
        connection.close()


def _serve(connection: "Connection[object, object]", request: Request) -> None:
    connection.send(Progress(0, 0, tr("Opening the film")))
    extractor = make(request.extractor, request.settings)
    film = open_index(request.film, progress=lambda share: connection.send(_opening(share)))
    connection.send(Progress(0, film.frame_count - request.start, tr("Loading the models")))
    if request.start < film.frame_count:
        for message in extractor.measure(
            _pictures(extractor, film, request.start), request.start, film.frame_count
        ):
            connection.send(message)


def _pictures(extractor: Extractor, film: FrameIndex, start: int) -> Iterator[Picture]:
    first = max(start - extractor.lead, 0)
    first += -first % extractor.step
    for frame in frames(film, first, step=extractor.step):
        yield Picture(frame.index, frame.at_us, frame.rgb())


def _opening(share: float) -> Progress:
    return Progress(round(share * 100), 100, tr("Opening the film"))


def _write_errors_to(log: Path) -> None:
    """MediaPipe's libraries write notes to the terminal whatever they are told: keep them for a crash report."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(handle, 2)
    os.close(handle)
