"""Schemes: the shipped ones, a person's own, and the ones that a study has frozen."""

from pathlib import Path

from coder.formats import find_scheme, read_scheme, scheme_text, schemes
from coder.language import tr
from coder.model.scheme import Scheme, SchemeId
from coder.model.version import version_order
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.scheme_languages import in_language
from coder.workflows.scheme_library import own_entries, own_files, parsed, shipped_entries, usable_schemes
from coder.workflows.scheme_versions import changed_since, newest


def shipped_schemes() -> tuple[Scheme, ...]:
    """The schemes that came with this install, by name, in the language that is spoken."""
    return tuple(in_language(read_scheme(path)) for path in schemes(shipped("schemes")))


def scheme_file(name_or_file: str) -> Path:
    """The file of a built-in scheme named so, of a person's own (also `name@version`), or the file itself.

    Raises SchemeError if there is none of them.
    """
    return find_scheme(name_or_file, shipped("schemes"), own_files())


def offered_schemes(store: StudyStore | None = None) -> tuple[Scheme, ...]:
    """What a new pass can be made with, one scheme of each name, in the language that is spoken.

    The study's own newest versions stand in the place of the built-in and own schemes of their names.
    """
    offered = {scheme.id.name: scheme for scheme in usable_schemes()}
    if store is not None:
        for name in dict.fromkeys(known.name for known in store.schemes()):
            offered[name] = in_language(scheme_for(store, name))
    return tuple(offered.values())


def scheme_for(store: StudyStore, name_or_file: str) -> Scheme:
    """The scheme that a new pass would be made with; writes nothing.

    A study that already froze a scheme of this name goes on with its newest version, whatever the shipped file
    says.
    """
    known = newest(store, name_or_file)
    if known is not None:
        return frozen_scheme(store, known)
    return read_scheme(scheme_file(name_or_file))


def installed_remark(store: StudyStore, name: str) -> str:
    """What to tell whoever begins a pass: the scheme that is installed is not the one that the study goes on with.

    "" where there is nothing to tell. A text that changed under its version comes with an update of the program;
    a newer version is used once somebody takes it into the study.
    """
    known = newest(store, name)
    found = [one.scheme for one in (*shipped_entries(), *own_entries()) if one.usable and one.scheme is not None]
    installed = [scheme for scheme in found if scheme.id.name == name]
    if known is None or not installed:
        return ""
    last = max(installed, key=lambda scheme: version_order(scheme.id.version))
    if version_order(last.id.version) > version_order(known.version):
        return tr(
            "Version {newer} of “{scheme}” is installed; this study goes on with version {version} until somebody "
            "takes the newer one into it, under Coding schemes.",
            newer=last.id.version,
            scheme=last.title,
            version=known.version,
        )
    return changed_since(store, last)


def freeze_scheme(store: StudyStore, name_or_file: str) -> Scheme:
    """`scheme_for`, taken into the study word for word if the study did not have it yet."""
    scheme = scheme_for(store, name_or_file)
    if scheme.id not in store.schemes():
        store.add_scheme(scheme.id, scheme_text(scheme_file(name_or_file)))
    return scheme


def frozen_scheme(store: StudyStore, scheme_id: SchemeId) -> Scheme:
    """The scheme a pass was made with, from the study itself."""
    return parsed(store.scheme_text(scheme_id), f"{scheme_id.name}.toml")
