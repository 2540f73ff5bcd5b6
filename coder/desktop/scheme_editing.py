"""One of a person's own schemes in the editor: what it begins with, and what becomes of what is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtWidgets import QWidget

from coder.desktop.scheme_actions import SchemeActions
from coder.desktop.scheme_editor import SchemeEditor
from coder.desktop.scheme_forms import TryForm
from coder.desktop.scheme_wishes import EditorWishes
from coder.formats.scheme_draft import SchemeDraft
from coder.language import tr
from coder.model.problem import SchemeError
from coder.model.version import next_version, version_order
from coder.workflows.own_schemes import save_own
from coder.workflows.scheme_drafts import drop_draft, keep_draft, kept_draft
from coder.workflows.scheme_library import Entry, Origin
from coder.workflows.trial import clips_for


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the editor begins with. origin: in one line, for the person. now: None if it is what is saved."""

    saved: SchemeDraft
    origin: str
    now: SchemeDraft | None = None


class Editing:
    """An own scheme while it is edited. try_it(text, clip); back(): the page is left."""

    def __init__(
        self,
        entry: Entry,
        actions: SchemeActions,
        window: QWidget,
        try_it: Callable[[str, str], None],
        back: Callable[[], None],
    ) -> None:
        self._entry, self._actions, self._window, self._try = entry, actions, window, try_it
        begun = beginning(entry, actions.entries())
        wishes = EditorWishes(self.save, self.keep, self.drop, self.ask_sample, back)
        self.page = SchemeEditor(begun.saved, begun.origin, wishes, begun.now)

    def save(self, text: str) -> str:
        """Keep the text among the own schemes: in its file, or beside it under another version or name."""
        saved = save_own(text, self._name, replacing=self._entry)
        self.drop()
        self._entry = saved
        self._actions.changed.emit(self._entry)
        return tr("Saved in {place}.", place=self._entry.file)

    def keep(self, text: str) -> None:
        """Keep what is written and not saved."""
        if self._entry.file is not None:
            keep_draft(self._entry.file, text)

    def drop(self) -> None:
        """What was kept is not needed any more."""
        if self._entry.file is not None:
            drop_draft(self._entry.file)

    def ask_sample(self, text: str) -> None:
        """Ask on which sample film the scheme is to be tried."""
        scheme = SchemeDraft.of(text, self._name).scheme()
        TryForm(self._window, scheme.title, clips_for(scheme), lambda clip: self._try(text, clip)).open()

    @property
    def _name(self) -> str:
        return self._entry.file.name if self._entry.file is not None else "scheme.toml"


def beginning(entry: Entry, entries: Sequence[Entry]) -> Beginning:
    """What was written last and not saved, if anything was; else the saved text, as a new version if it is in use.

    entries: the library. Raises SchemeError if the scheme's text is no TOML.
    """
    name = entry.file.name if entry.file is not None else "scheme.toml"
    saved = SchemeDraft.of(entry.text, name)
    kept = kept_draft(entry.file) if entry.file is not None else None
    if kept is not None and kept != saved.text():
        try:
            now = SchemeDraft.of(kept, name)
        except SchemeError:  # a file that somebody spoilt by hand is no reason not to edit the scheme
            kept = None
        else:
            return Beginning(
                saved,
                tr("What you wrote last time and did not save is here again. Undo leads to what is saved."),
                now,
            )
    if entry.scheme is not None and _is_used(entry, entries):
        version = _free_version(entry, entries)
        origin = tr(
            "Version {old} is used in this study and stays as it is; this becomes version {new}.",
            old=entry.scheme.id.version,
            new=version,
        )
        return Beginning(saved, origin, saved.with_value(("version",), version))
    return Beginning(saved, tr("One of your own schemes."))


def _is_used(entry: Entry, entries: Sequence[Entry]) -> bool:
    """True if the open study has frozen exactly this scheme."""
    known = entry.scheme.id if entry.scheme is not None else None
    return any(one.origin is Origin.STUDY and one.scheme is not None and one.scheme.id == known for one in entries)


def _free_version(entry: Entry, entries: Sequence[Entry]) -> str:
    """The next version that no scheme of this name has yet."""
    assert entry.scheme is not None
    same = [
        one.scheme.id for one in entries if one.scheme is not None and one.scheme.id.name == entry.scheme.id.name
    ]
    taken = {version_order(one.version) for one in same}
    version = next_version(entry.scheme.id.version)
    while version_order(version) in taken:
        version = next_version(version)
    return version
