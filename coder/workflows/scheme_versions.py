"""The versions of a scheme in a study: which are there, which is the newest, and taking in a new one.

A scheme that a study has is frozen, word for word. An edited one comes in as a new version beside it: new passes
are made with the newest, and every pass keeps the version that it was made with.
"""

from pathlib import Path

from coder.formats import parse_scheme, scheme_text
from coder.language import tr
from coder.model.problem import Problem, SchemeError
from coder.model.scheme import Scheme, SchemeId
from coder.model.version import next_version, version_order
from coder.store import StudyStore

_MARK = "\ufeff"


def versions(store: StudyStore, name: str) -> tuple[SchemeId, ...]:
    """The versions of a scheme that the study has, the oldest first."""
    return tuple(
        sorted((one for one in store.schemes() if one.name == name), key=lambda one: version_order(one.version))
    )


def newest(store: StudyStore, name: str) -> SchemeId | None:
    """The version that new passes are made with; None if the study does not have the scheme."""
    return next(reversed(versions(store, name)), None)


def newer_versions(store: StudyStore, scheme: SchemeId) -> tuple[SchemeId, ...]:
    """The versions in the study that are newer than this one, the oldest of them first."""
    return tuple(one for one in versions(store, scheme.name) if _newer(one, scheme))


def adopt(store: StudyStore, source: Path | str, name: str = "scheme.toml") -> Scheme:
    """Take a scheme, or a new version of one, into the study for good: new passes are made with it.

    source: the file, or the text itself, which problems then call `name`. The newest version again does nothing.
    Raises SchemeError with all problems of the text; if the study has this version with another text; and if it
    has a newer one.
    """
    text = scheme_text(source) if isinstance(source, Path) else source.removeprefix(_MARK)
    scheme = parse_scheme(text, source.name if isinstance(source, Path) else name)
    require_adoptable(store, scheme)
    if scheme.id not in store.schemes():
        store.add_scheme(scheme.id, text)
    return scheme


def require_adoptable(store: StudyStore, scheme: Scheme) -> None:
    """Raise SchemeError unless the scheme can become the newest version in the study, or is that already."""
    last = newest(store, scheme.id.name)
    if last is None or last == scheme.id:
        return
    if any(_same(one, scheme.id) and one != scheme.id for one in store.schemes()):
        what = tr(
            "This study already has “{scheme}” version {version} with another text, and keeps that one.",
            scheme=scheme.title,
            version=scheme.id.version,
        )
        hint = tr("Give your text a higher version, such as {next}.", next=next_version(last.version))
        raise SchemeError(Problem(what, hint=hint))
    if _newer(last, scheme.id):
        what = tr(
            "“{scheme}” version {version} is older than version {newest}, which new passes of this study are made "
            "with.",
            scheme=scheme.title,
            version=scheme.id.version,
            newest=last.version,
        )
        hint = tr("To use this text, give it a higher version, such as {next}.", next=next_version(last.version))
        raise SchemeError(Problem(what, hint=hint))


def changed_since(store: StudyStore, scheme: Scheme) -> str:
    """What to tell whoever uses this text in the study; "" where the study's text is the same, or another version.

    A scheme that came with the program may have changed with an update of it: the study goes on with the text
    that it froze, and says so.
    """
    for known in store.schemes():
        if _same(known, scheme.id) and known.sha256 != scheme.id.sha256:
            return tr(
                "This study keeps “{scheme}” version {version} as it was when it was first used here; the text "
                "that is installed now differs. To use the new text, give it a higher version.",
                scheme=scheme.title,
                version=scheme.id.version,
            )
    return ""


def _same(one: SchemeId, other: SchemeId) -> bool:
    """True if two are one version of one scheme, whatever their texts; 1 and 1.0 cannot be told apart."""
    return one.name == other.name and version_order(one.version) == version_order(other.version)


def _newer(one: SchemeId, other: SchemeId) -> bool:
    return version_order(one.version) > version_order(other.version)
