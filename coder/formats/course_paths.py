"""Paths in a course file: they lead to its own folder or the one around it, and below, alike on every system."""

from coder.formats.scheme_flaw import Flaw
from coder.formats.scheme_node import Node
from coder.language import tr

_LONGEST = 1000


def path_flaw(node: Node, field: str) -> Flaw | None:  # noqa: PLR0911 - one kind of mistake, one line
    """What is wrong with a path in a course file: it may lead to its folder, or the one around it, and below."""
    text, path = node.text(field), node.at(field)
    parts = text.split("/")
    if not text.strip():
        return None  # told as a mistake of form
    if len(text) > _LONGEST or not text.isprintable():
        return Flaw(path, tr("This is no path that every computer knows."), tr("Rename the file."))
    if "\\" in text:
        what = tr("“{path}” has a \\ in it, which is a folder only on some computers.", path=text)
        return Flaw(path, what, tr("Write / between folders."))
    if parts[0] == "" or ":" in text:
        what = tr("“{path}” is a place on one computer only.", path=text)
        return Flaw(path, what, tr("Name the file as it is seen from the course’s own folder."))
    inside = parts[1:] if parts[0] == ".." else parts
    if ".." in inside:
        what = tr("“{path}” leads out of the folders of the course.", path=text)
        return Flaw(path, what, tr("Put the file beside the course, or into the folder around it."))
    if not inside or any(part.strip() in ("", ".") for part in inside):
        return Flaw(path, tr("“{path}” is no path of a file.", path=text), tr("Write e.g. “films/a.mp4”."))
    return None
