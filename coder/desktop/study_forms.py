"""What the study page asks for: a film, a coder, a pass to start, a reason to reopen."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtWidgets import QLineEdit, QSpinBox, QWidget

from coder.desktop.forms import Choice, Form, PlaceField
from coder.desktop.pieces import label
from coder.desktop.wording import PURPOSE_NAMES, ROLE_NAMES
from coder.language import tr
from coder.model.problem import MediaError, Problem
from coder.model.scheme import Scheme
from coder.model.study import Coder, Purpose, Role, Session
from coder.model.time import MILLISECOND_US
from coder.workflows.passes import SLOWEST_MS

_MOST_ROWS = 6
_LISTING_PX = 820


class AddSessionForm(Form):
    """Asks for a film and the session's name. add(film, name)."""

    def __init__(self, parent: QWidget | None, start: Path, add: Callable[[Path, str], object]) -> None:
        lead = tr("The film stays where it is; the study remembers its place and its fingerprint.")
        super().__init__(parent, tr("Add session…"), tr("Add session"), lead)
        self.film = PlaceField(start, folder=False)
        self.name = QLineEdit()
        self._suggested = ""
        self.add(tr("&Film"), self.film)
        self.add(tr("&Name"), self.name)
        self.film.edit.textChanged.connect(self._suggest)
        self.do = lambda: self._checked(add)
        self._suggest()

    def _suggest(self) -> None:
        """The film's name is the session's name until a person writes another."""
        if self.name.text() == self._suggested:
            self._suggested = self.film.path.stem
            self.name.setText(self._suggested)
        self.accept_button.setEnabled(bool(self.film.edit.text().strip()))

    def _checked(self, add: Callable[[Path, str], object]) -> None:
        if not self.film.path.is_file():
            raise MediaError(Problem(tr("There is no film at this place."), hint=tr("Choose it with Browse.")))
        add(self.film.path, self.name.text())


class AddCoderForm(Form):
    """Asks for a coder's pseudonym and role. add(name, role)."""

    def __init__(self, parent: QWidget | None, add: Callable[[str, Role], object]) -> None:
        lead = tr("Use a pseudonym or initials: the name stands in reports and in the file.")
        super().__init__(parent, tr("Add coder…"), tr("Add coder"), lead)
        self.name = QLineEdit()
        self.role = Choice[Role]([(tr(text), role) for role, text in ROLE_NAMES.items()])
        self.add(tr("&Name"), self.name)
        self.add(tr("&Role"), self.role)
        self.do = lambda: add(self.name.text(), self.role.value)


class EditCoderForm(Form):
    """Asks for a coder's reaction time. set_ms(milliseconds)."""

    def __init__(self, parent: QWidget | None, coder: Coder, set_ms: Callable[[int], object]) -> None:
        lead = tr(
            "While the film plays, a key comes a little after what was seen. What {coder} codes while it plays is "
            "put this much earlier from now on; each event keeps how much. 0 corrects nothing.",
            coder=coder.name,
        )
        super().__init__(parent, tr("Edit {coder}…", coder=coder.name), tr("Save"), lead)
        self.reaction = QSpinBox()
        self.reaction.setRange(0, SLOWEST_MS)
        self.reaction.setSingleStep(10)
        self.reaction.setSuffix(tr(" ms"))
        self.reaction.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.reaction.setValue(coder.reaction_us // MILLISECOND_US)
        self.add(tr("&Reaction time"), self.reaction)
        self.do = lambda: set_ms(self.reaction.value())


class StartPassForm(Form):
    """Asks who codes what with which scheme, and why. start(session id, coder id, scheme name, purpose).

    conflicts: where keys of a scheme meet keys that this person has changed.
    """

    def __init__(
        self,
        parent: QWidget | None,
        sessions: Sequence[Session],
        coders: Sequence[Coder],
        schemes: Sequence[Scheme],
        start: Callable[[str, str, str, Purpose], object],
        *,
        session_id: str = "",
        conflicts: Callable[[Scheme], Sequence[Problem]] = lambda _scheme: (),
        remark: Callable[[Scheme], str] = lambda _scheme: "",
    ) -> None:
        super().__init__(parent, tr("Start a pass…"), tr("Start coding"))
        self._schemes, self._conflicts, self._remark = tuple(schemes), conflicts, remark
        self.session = Choice[str]([(one.name, one.id) for one in sessions], session_id)
        self.coder = Choice[str]([(f"{one.name} – {tr(ROLE_NAMES[one.role])}", one.id) for one in coders])
        self.scheme = Choice[str](
            [
                (tr("{scheme}, version {version}", scheme=one.title, version=one.id.version), one.id.name)
                for one in schemes
            ]
        )
        self.purpose = Choice[Purpose]([(tr(text), purpose) for purpose, text in PURPOSE_NAMES.items()])
        self.add(tr("S&ession"), self.session)
        self.add(tr("&Coder"), self.coder)
        self.add(tr("&Scheme"), self.scheme)
        self.add(tr("&Purpose"), self.purpose)
        self.warning = label("", "strip-warning", wrap=True)
        self.fields.addRow(self.warning)
        self.scheme.currentIndexChanged.connect(lambda _at: self._warn())
        self._warn()
        self.do = lambda: start(self.session.value, self.coder.value, self.scheme.value, self.purpose.value)

    def _warn(self) -> None:
        """A key that this person has given to something else does not code; what is installed may be newer."""
        chosen = [one for one in self._schemes if one.id.name == self.scheme.value]
        keys = conflict_text([problem for one in chosen for problem in self._conflicts(one)])
        self.warning.setText("\n".join(filter(None, [keys, *(self._remark(one) for one in chosen)])))
        self.warning.setVisible(bool(self.warning.text()))


def conflict_text(conflicts: Sequence[Problem]) -> str:
    """What to tell about keys that mean two things; "" if there are none."""
    if not conflicts:
        return ""
    lead = tr("Keys that you have changed in the settings meet keys of this scheme:")
    return "\n".join([lead, *(problem.what for problem in conflicts)])


class ReopenForm(Form):
    """Asks why a submitted pass is opened again. reopen(reason)."""

    def __init__(self, parent: QWidget | None, what: str, reopen: Callable[[str], object]) -> None:
        lead = tr(
            "{what} is submitted and locked. The reason for opening it again is kept with the pass.", what=what
        )
        super().__init__(parent, tr("Reopen pass…"), tr("Reopen pass"), lead)
        self.reason = QLineEdit()
        self.add(tr("&Reason"), self.reason)
        self.do = lambda: reopen(self.reason.text())
