"""What stands beside the film: the codes with their words, and the selected event. Put together here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PyQt6.QtWidgets import QWidget

from coder.annotate.answering import is_open, unjudge
from coder.annotate.desk import Desk
from coder.annotate.findings import Finding
from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.answer_block import AnswerBlock, answers_what
from coder.annotate.view.answers import Answers, ReviewWishes
from coder.annotate.view.codes_panel import CodesPanel
from coder.annotate.view.content import Painted
from coder.annotate.view.definition import Definition
from coder.annotate.view.details import Details
from coder.annotate.view.editing import Editing, nothing_selected
from coder.annotate.view.event_form import EventWishes
from coder.annotate.view.family import Families
from coder.annotate.view.findings import Findings
from coder.annotate.view.holding import Holding
from coder.annotate.view.inspector import Inspector
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.mending import Mending
from coder.annotate.view.pad import Pad
from coder.annotate.view.palette import Palette
from coder.annotate.view.player import Player
from coder.annotate.view.prompt import Asking, Prompt
from coder.annotate.view.rating import Rating
from coder.annotate.view.rating_panel import RatingWishes
from coder.annotate.view.selection import Selection
from coder.annotate.view.settling_keys import SettlingKeys
from coder.annotate.view.watched import Watched
from coder.annotate.view.watching import Watching
from coder.language import tr
from coder.model.coding import Event
from coder.model.edit import Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Code, Tier


@dataclass(frozen=True, slots=True)
class BesideWishes:
    """What a person can ask for here. press: code at the frame on the screen, as the key does. go_to: a time.

    attempt: make an edit and save it, or tell why not. watching: what the ratings need of the film.
    """

    press: Callable[[Tier, Code], None]
    attempt: Callable[[Callable[[], Edit]], None]
    event: EventWishes
    go_to: Callable[[int], None]
    say: Callable[[str], None]
    watching: Watching
    player: Player
    review: ReviewWishes


def beside_wishes(
    editing: Editing, leave: Callable[[], None], player: Player, watching: Watching, say: Callable[[str], None]
) -> BesideWishes:
    """The wishes that the editing grants. leave: back to the timeline."""
    event = EventWishes(
        editing.onset,
        editing.offset,
        editing.option,
        editing.number,
        editing.certainty,
        editing.note,
        leave,
    )
    return BesideWishes(
        lambda tier, code: editing.code(tier.id, code.id),
        editing.attempt,
        event,
        player.go_to,
        say,
        watching,
        player,
        ReviewWishes(editing.attempt, say, editing.refuse, leave),
    )


class BesideFilm:
    """The parts beside the film, and the line that asks for the details of a code."""

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        keymap: Keymap,
        families: Families,
        selection: Selection,
        painted: Watched[Painted | None],
        wishes: BesideWishes,
        *,
        locked: bool,
    ) -> None:
        scheme, selected, in_play = desk.scheme, selection.primary, families.in_play
        self._desk = desk
        self._keymap = keymap
        self._families = families
        self._selection = selection
        self._wishes = wishes
        held = Holding(desk, lanes, painted).held
        self.asking = Asking(desk, selected)
        self.definition = Definition(scheme, keymap, selected)
        point_out, answer = self.definition.point_out, wishes.event.option
        rating = RatingWishes(wishes.attempt, wishes.event.leave, point_out, wishes.watching)
        self.rating = Rating(desk, keymap, in_play, selected, rating, locked=locked)
        self.palette = Palette(
            scheme, keymap, held, in_play, wishes.press, point_out, rated=self.rating.panels, locked=locked
        )
        question = self.asking.question
        self.pad = Pad(scheme, keymap, held, in_play, question, wishes.press, answer, locked=locked)
        self.answers = Answers(desk, keymap, wishes.player, selection, wishes.review, locked=locked)
        review = self.answers.button if scheme.links else None
        self.codes = CodesPanel(keymap, families, self.palette, self.pad, review)
        self.prompt = Prompt(question, answer, self.asking.later)
        self._locked = locked
        self.inspector = Inspector(scheme, keymap, selection, wishes.event, self._answer, locked=locked)
        self.mending = Mending(desk, in_play, self._jump, lambda: wishes.say(tr("Nothing to mend.")))
        self._settling = SettlingKeys(desk, selection, lambda: self.mending.at_hand, wishes.attempt)
        self.findings = Findings(scheme, keymap, self.mending, self._settling.all, locked=locked)
        self.details = Details(self.inspector, self.findings, self.mending)
        desk.listen(self.definition.used)

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the keys of this side do."""
        return {
            Do.NOTE: self._note,
            Do.CERTAINTY: self.inspector.next_certainty,
            Do.FINDING: self.mending.next,
            **self._settling.commands(),
            **self.codes.commands(),
        }

    def later(self) -> bool:
        """What Esc ends first: the review of answers, or the question for a detail; False if there is neither."""
        return self.answers.leave() or self.asking.later()

    def _answer(self, event: Event) -> QWidget | None:
        """What the inspector says of an answer."""
        link = self._desk.scheme.link_of(event.tier)
        if link is None:
            return answers_what(self._desk, event)
        command = self._keymap.command(Do.ANSWERS)
        back = None if self._locked else self._take_back
        return AnswerBlock(self._desk, link, event, command, self.answers.begin, back)

    def _take_back(self, cue: Event) -> None:
        self._wishes.attempt(lambda: unjudge(self._desk.scheme, cue))

    def _note(self) -> None:
        if len(self._selection.events) < 2 and self.rating.write_reason():
            return
        if len(self._selection.events) == 1:
            self.details.show_event()
            self.inspector.edit_note()
        else:
            self._wishes.attempt(self._no_note)

    def _no_note(self) -> Edit:
        if not self._selection.events:
            raise nothing_selected()
        what = tr("Several events are selected, and a note belongs to one.")
        raise CodingError(Problem(what, hint=tr("Select the one that you want to write about.")))

    def _jump(self, finding: Finding, at: int, count: int) -> None:
        """Select what is to be mended, show its first frame, and say what is wrong; its tier comes into play."""
        if finding.tier not in self._families.in_play.value:
            self._families.choose(self._families.all[0])
        event, window = finding.event, self._desk.coding.window
        self._selection.choose(event if event is not None and self._desk.coding.holds(event) else None)
        self._wishes.go_to(min(max(finding.span.start_us, window.start_us), window.end_us - 1))
        code = finding.event.code if finding.event is not None else finding.code
        self.rating.show(finding.tier, code, finding.span)
        if event is not None and self._desk.coding.holds(event) and is_open(self._desk.scheme, event):
            self.answers.begin(event)
        problem, key = finding.problem, self._keymap.first_key(Do.SETTLE)
        hint = problem.hint or ""
        if finding.settles and key:
            hint = tr("{hint} {key} does it.", hint=hint, key=shown(key))
        words = {"at": at, "count": count, "what": problem.what, "hint": hint}
        self._wishes.say(tr("To mend, {at} of {count}: {what} {hint}", **words))
