"""What the scheme editor asks for, whoever does it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class EditorWishes:
    """What the editor asks for.

    save(text): keep it among the own schemes, and say what was done; CoderError if it is refused. keep(text): what
    is written and not saved, again and again. drop(): that is not needed any more. try_it(text): put it on a
    sample. back(): leave the page.
    """

    save: Callable[[str], str]
    keep: Callable[[str], None]
    drop: Callable[[], None]
    try_it: Callable[[str], None]
    back: Callable[[], None]
