"""What stands beside the film: the codes with their words, and the selected event. Put together here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coder.annotate.desk import Desk
from coder.annotate.keymap import Do
from coder.annotate.view.codes_side import CodesSide
from coder.annotate.view.content import Painted
from coder.annotate.view.definition import Definition
from coder.annotate.view.family import Families
from coder.annotate.view.holding import Holding
from coder.annotate.view.inspector import Inspector, InspectorWishes
from coder.annotate.view.pad import Pad
from coder.annotate.view.palette import Palette
from coder.annotate.view.prompt import Asking, Prompt
from coder.annotate.view.selection import Selection
from coder.annotate.view.watched import Watched
from coder.model.scheme import Code, Tier


@dataclass(frozen=True, slots=True)
class SideWishes:
    """What a person can ask for here. press: code at the frame on the screen, as the key does."""

    press: Callable[[Tier, Code], None]
    inspector: InspectorWishes


class Side:
    """The parts beside the film, and the line that asks for the details of a code."""

    def __init__(
        self,
        desk: Desk,
        families: Families,
        selection: Selection,
        painted: Watched[Painted | None],
        wishes: SideWishes,
        *,
        locked: bool,
    ) -> None:
        scheme, selected, in_play = desk.scheme, selection.primary, families.in_play
        held = Holding(desk, painted).held
        self.asking = Asking(desk, selected)
        self.definition = Definition(scheme, selected)
        self.palette = Palette(scheme, held, in_play, wishes.press, self.definition.point_out, locked=locked)
        answer = wishes.inspector.option
        self.pad = Pad(scheme, held, in_play, self.asking.question, wishes.press, answer, locked=locked)
        self.codes = CodesSide(families, self.palette, self.pad)
        self.prompt = Prompt(self.asking.question, answer, self.asking.later)
        self.inspector = Inspector(scheme, selected, wishes.inspector, locked=locked)
        desk.listen(self.definition.used)

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the keys of this side do."""
        return {Do.NOTE: self.inspector.edit_note, **self.codes.commands()}
