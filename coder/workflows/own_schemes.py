"""A person's own schemes: taken in, copied, saved, handed on, and put away. One file for each name and version."""

import re
from datetime import UTC, datetime
from pathlib import Path

from coder.formats import parse_scheme, scheme_text, with_head
from coder.language import tr
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme, SchemeId
from coder.settings.folders import own_schemes_folder
from coder.staging import write_whole
from coder.workflows.names import one_line
from coder.workflows.scheme_library import (
    Entry,
    Origin,
    find_entry,
    label_of,
    library,
    own_entries,
    same_label,
    shipped_entries,
)

FIRST_VERSION = "1.0"
_DELETED = "deleted"
_NAME = re.compile(r"[a-z][a-z0-9_-]*")


def import_scheme(file: Path) -> Entry:
    """Take a scheme file in among a person's own, sign by sign; one that is there already is given back.

    Raises SchemeError with all problems of the file, each with its line; and if another text has this name and
    version.
    """
    return save_own(scheme_text(file), file.name)


def save_own(text: str, name: str = "scheme.toml", *, replacing: Entry | None = None) -> Entry:
    """Keep a text among a person's own schemes.

    name: what problems call the text. replacing: the own scheme that was edited; its file is written anew if name
    and version are still the same, else the text gets a file of its own beside it. The same text again changes
    nothing.
    Raises SchemeError with all problems of the text; if another scheme has this name and version; and if the file
    of `replacing` is not as it was, because it was edited elsewhere meanwhile.
    """
    scheme = parse_scheme(text, name)
    for known in (*shipped_entries(), *own_entries()):
        if known.scheme is None or label_of(known.scheme.id) != label_of(scheme.id):
            continue
        if known.scheme.id == scheme.id:
            return known
        if replacing is None or known.file != replacing.file:
            raise SchemeError(same_label(scheme.id, name))
    place = _place_of(replacing, scheme)
    _make(own_schemes_folder())
    write_whole(place, text.removeprefix("\ufeff").encode(), SchemeError)
    return own_entry(place)


def own_entry(file: Path) -> Entry:
    """The own scheme in this file. Raises SchemeError if it is not there any more."""
    for entry in own_entries():
        if entry.file == file:
            return entry
    raise SchemeError(Problem(tr("There is no such file."), str(file), tr("Check the name and the folder.")))


def copy_scheme(entry: Entry, name: str, title: str, *, version: str = FIRST_VERSION) -> Entry:
    """Begin a scheme of one's own from another, or from a template: its text, with another name and title.

    Comments and order stay; a remark at the top says where the text comes from. Raises SchemeError for a name that
    will not do or is taken, a title that is empty, and a scheme that has problems itself.
    """
    return save_own(copied_text(entry, name, title, version=version), f"{name}.toml")


def copied_text(entry: Entry, name: str, title: str, *, version: str = FIRST_VERSION) -> str:
    """The text that `copy_scheme` would keep; writes nothing. Raises SchemeError as it does."""
    if entry.scheme is None:
        raise SchemeError(*entry.problems)
    title = one_line(title)
    if not title:
        raise SchemeError(
            Problem(tr("A scheme needs a title."), hint=tr("A few words that say what it is about."))
        )
    require_free_name(name)
    remark = ""
    if entry.origin is not Origin.TEMPLATE:
        remark = tr(
            "Begun from “{title}” ({name}, version {version}; {licence}), and changed since.",
            title=entry.scheme.title,
            name=entry.scheme.id.name,
            version=entry.scheme.id.version,
            licence=entry.scheme.licence,
        )
    return with_head(entry.text, {"name": name, "version": version, "title": title}, remark)


def require_free_name(name: str) -> None:
    """Raise SchemeError unless a new scheme can have this name."""
    if not _NAME.fullmatch(name):
        what = (
            tr("“{given}” cannot be the name of a scheme.", given=name) if name else tr("A scheme needs a name.")
        )
        raise SchemeError(Problem(what, hint=tr("Use small letters, digits, - and _, with a letter first.")))
    taken = find_entry(name, (*shipped_entries(), *own_entries()))
    if taken is not None:
        what = tr("There is already a scheme “{name}”.", name=name)
        raise SchemeError(
            Problem(what, hint=tr("Choose another name, or edit that scheme and raise its version."))
        )


def free_name(title: str) -> str:
    """A name for a scheme of this title that is not taken: `Smiles at home` becomes `smiles-at-home`."""
    letters = re.sub(r"[^a-z0-9]+", "-", title.casefold().translate(_PLAIN)).strip("-").lstrip("0123456789-_")
    stem = letters[:40].rstrip("-") or "scheme"
    taken = {one.scheme.id.name for one in library() if one.scheme is not None}
    number = 1
    name = stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def export_scheme(entry: Entry, out: Path) -> Path:
    """Write the exact text of a scheme to a file. Raises SchemeError if it cannot be written or was never read."""
    if not entry.text:
        raise SchemeError(*entry.problems)
    write_whole(out, entry.text.encode(), SchemeError)
    return out


def delete_own(entry: Entry) -> Path:
    """Put one of a person's own schemes away, into the folder “deleted” beside them; where its file lies now.

    Studies that use it keep their own text of it. Raises SchemeError if it is none of the own ones, or cannot be
    moved.
    """
    if entry.origin is not Origin.OWN or entry.file is None:
        raise SchemeError(Problem(tr("Only your own schemes can be deleted.")))
    folder = own_schemes_folder() / _DELETED
    _make(folder)
    away = folder / f"{entry.file.stem}.{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.toml"
    _move(entry.file, away)
    return away


def restore_own(away: Path, place: Path) -> None:
    """Take a deletion back. Raises SchemeError if another file has taken its place, or if it cannot be moved."""
    if place.exists():
        what = tr("“{file}” is there again; it was not replaced.", file=place.name)
        raise SchemeError(Problem(what, str(away), tr("Import the deleted one from here.")))
    _move(away, place)


def _move(old: Path, new: Path) -> None:
    try:
        old.rename(new)
    except OSError as reason:
        what = tr("“{file}” cannot be moved: {reason}.", file=old.name, reason=reason.strerror or reason)
        raise SchemeError(Problem(what, str(old.parent))) from reason


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        what = tr("The folder cannot be made: {reason}.", reason=reason.strerror or reason)
        raise SchemeError(Problem(what, str(folder))) from reason


def _place_of(replacing: Entry | None, scheme: Scheme) -> Path:
    """The file of the edited scheme if it is still the same version, or was broken before; else a new one."""
    if replacing is None or replacing.file is None:
        return _free_file(own_schemes_folder(), scheme.id)
    place = replacing.file
    if replacing.scheme is not None and label_of(replacing.scheme.id) != label_of(scheme.id):
        return _free_file(own_schemes_folder(), scheme.id)
    if replacing.text and place.exists() and scheme_text(place) != replacing.text:
        what = tr("“{file}” was changed by another program meanwhile.", file=place.name)
        raise SchemeError(
            Problem(what, str(place.parent), tr("Give your text another version: both are kept then."))
        )
    return place


def _free_file(folder: Path, scheme_id: SchemeId) -> Path:
    """A name that says what is inside, as every system takes it."""
    version = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "-" for sign in scheme_id.version
    )
    stem = f"{scheme_id.name[:60]}-{version[:20]}".rstrip(".")
    number, file = 1, folder / f"{stem}.toml"
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}.toml"
    return file


_PLAIN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e", "á": "a", "í": "i", "ó": "o", "ú": "u", "ñ": "n"}
)
