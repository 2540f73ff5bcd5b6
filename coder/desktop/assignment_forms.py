"""What the page of assignments asks for: who codes some sessions, their group, why something is withdrawn."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QLineEdit, QWidget

from coder.desktop.forms import Choice, Form
from coder.desktop.wording import PURPOSE_NAMES, ROLE_NAMES
from coder.language import plural, tr
from coder.model.study import Coder, Purpose, Session
from coder.workflows.assignments import Task
from coder.workflows.blinding import COUNTED

_NAMED = 4


def sessions_text(sessions: Sequence[Session]) -> str:
    """`Visit 1, Visit 2 and 7 more`."""
    names = ", ".join(session.name for session in sessions[:_NAMED])
    more = len(sessions) - _NAMED
    return plural("{names} and {count} more", "{names} and {count} more", more, names=names) if more > 0 else names


class AssignForm(Form):
    """Asks who codes the chosen sessions, and what for. assign(coder id, purpose)."""

    def __init__(
        self,
        parent: QWidget | None,
        sessions: Sequence[Session],
        scheme: str,
        coders: Sequence[Coder],
        assign: Callable[[str, Purpose], object],
        *,
        purpose: Purpose = Purpose.MAIN,
    ) -> None:
        lead = tr("{sessions}, with “{scheme}”.", sessions=sessions_text(sessions), scheme=scheme)
        super().__init__(parent, tr("Assign…"), tr("Assign"), lead)
        self.coder = Choice[str]([(f"{one.name} – {tr(ROLE_NAMES[one.role])}", one.id) for one in coders])
        self.purpose = Choice[Purpose]([(tr(PURPOSE_NAMES[one]), one) for one in COUNTED], purpose)
        self.add(tr("&Coder"), self.coder)
        self.add(tr("&Purpose"), self.purpose)
        self.do = lambda: assign(self.coder.value, self.purpose.value)


class GroupForm(Form):
    """Asks which group the chosen sessions belong to. put(group)."""

    def __init__(
        self,
        parent: QWidget | None,
        sessions: Sequence[Session],
        groups: Sequence[str],
        put: Callable[[str], object],
    ) -> None:
        lead = tr(
            "{sessions}. A group is what a second coding is drawn within: a site, a wave, an age group. Empty "
            "takes the sessions out of any.",
            sessions=sessions_text(sessions),
        )
        super().__init__(parent, tr("Group…"), tr("Put into the group"), lead)
        same = {session.group for session in sessions}
        self.name = QLineEdit(same.pop() if len(same) == 1 else "")
        self.add(tr("&Group"), self.name)
        if groups:
            self.say(tr("Groups there are: {names}.", names=", ".join(groups)))
        self.do = lambda: put(self.name.text())


class WithdrawForm(Form):
    """Asks why a coder is not to code a session any more. withdraw(reason)."""

    def __init__(self, parent: QWidget | None, task: Task, withdraw: Callable[[str], object]) -> None:
        names = {"coder": task.coder.name, "session": task.session.name}
        if task.header is None:
            lead = tr("{coder} has not begun “{session}”. The day, and the reason if any, are kept.", **names)
        else:
            lead = tr(
                "{coder} has begun “{session}”. What is coded stays, and nobody waits for it any more while it is "
                "open. The day and the reason are kept.",
                **names,
            )
        super().__init__(parent, tr("Withdraw…"), tr("Withdraw"), lead)
        self.reason = QLineEdit()
        self.add(tr("&Reason"), self.reason)
        self.do = lambda: withdraw(self.reason.text())
