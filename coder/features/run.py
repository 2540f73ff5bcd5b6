"""Measuring a film in a child process that can be cancelled, may crash, and may hang."""

import logging
import multiprocessing
import os
import tempfile
from collections.abc import Generator, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from coder.features import worker
from coder.features.extractor import Block, make
from coder.features.messages import AGAIN, Failure, Finished, Request
from coder.language import spoken, tr
from coder.model.problem import FeatureError, MediaError, Problem
from coder.model.progress import Progress

_log = logging.getLogger(__name__)

_PATIENCE_S = 120.0
_GRACE_S = 2.0  # between asking the child to end and ending it


def extract(
    film: Path,
    extractor: str,
    settings: Mapping[str, str],
    *,
    start: int = 0,
    patience_s: float = _PATIENCE_S,
) -> Generator[Progress | Block, None, None]:
    """Measure a film from frame `start` on, a multiple of the extractor's segment (the `stop` of the last block).

    Nothing happens before the first message is asked for; closing the iterator ends the child process. Raises
    FeatureError for an unknown extractor or setting, a damaged model file, a child that died or said nothing for
    `patience_s` seconds; MediaError if the film is at fault. The blocks that came before stay true.
    """
    made = make(extractor, settings)
    if start % made.segment:
        raise ValueError(f"measuring starts at a multiple of {made.segment} frames, not at {start}")
    request = Request(str(film), extractor, dict(settings), start, spoken())
    handle, name = tempfile.mkstemp(prefix="coder-measuring-", suffix=".log")
    os.close(handle)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=worker.main, args=(theirs, request, Path(name)), daemon=True)
    try:
        child.start()
        theirs.close()  # only the child holds that end now, so that its death is heard
        yield from _messages(ours, child, film, Path(name), patience_s)
    finally:
        theirs.close()
        ours.close()
        _end(child)
        with suppress(OSError):  # Windows may hold the file a moment longer; it is a temporary file
            Path(name).unlink()


def _messages(
    pipe: "Connection[object, object]", child: BaseProcess, film: Path, log: Path, patience_s: float
) -> Generator[Progress | Block, None, None]:
    while True:
        if not pipe.poll(patience_s):
            what = tr("Measuring stopped: nothing was heard of it for {patience_s:g} s.", patience_s=patience_s)
            raise FeatureError(Problem(what, str(film), tr(AGAIN)))
        try:
            message = pipe.recv()
        except (EOFError, OSError) as error:
            raise _died(child, film, log) from error
        if isinstance(message, Finished):
            return
        if isinstance(message, Failure):
            if message.detail:
                _log.error("the measuring process failed:\n%s", message.detail)
            raise (MediaError if message.media else FeatureError)(*message.problems)
        if isinstance(message, Progress | Block):
            yield message


def _died(child: BaseProcess, film: Path, log: Path) -> FeatureError:
    child.join(_GRACE_S)
    last_words = log.read_text(encoding="utf-8", errors="replace")[-4000:]
    _log.error("the measuring process died with code %s; its last words:\n%s", child.exitcode, last_words)
    what = tr("Measuring stopped: its process ended by itself (code {exitcode}).", exitcode=child.exitcode)
    return FeatureError(Problem(what, str(film), tr(AGAIN)))


def _end(child: BaseProcess) -> None:
    """No child is left behind: ask, then insist."""
    if child.pid is None:
        return  # it was never started
    if child.is_alive():
        child.terminate()
        child.join(_GRACE_S)
    if child.is_alive():
        child.kill()
    child.join()
    child.close()
