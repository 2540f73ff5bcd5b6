"""Threads that tell the window something must end before the application does: a late signal would crash it.

The window ends them when it closes. Where it does not come to that (an exception on the way out, a script that
just returns), they are ended here, at the end of the interpreter.
"""

import atexit
from collections.abc import Callable
from weakref import WeakMethod

from PyQt6.QtCore import QCoreApplication

_stops: list[WeakMethod[Callable[[], None]]] = []

# Python would let the application go with the variable that holds it, before the threads and the widgets; and Qt's
# own routine for its end (qAddPostRoutine) crashes in PyQt 6, which calls it without the interpreter's lock.
_application: list[QCoreApplication | None] = []


def stop_at_the_end(stop: Callable[[], None]) -> None:
    """Call `stop`, a method that may be called twice, before the application goes, if its owner is still there."""
    if not _application:
        _application.append(QCoreApplication.instance())
        atexit.register(_stop_all)
    _stops[:] = [known for known in _stops if known() is not None]
    _stops.append(WeakMethod(stop))


def _stop_all() -> None:
    for known in _stops:
        stop = known()
        if stop is not None:
            stop()
