"""The review of answers: from cue to cue, each is played, and its outcome judged by one key.

What is judged is saved before anything is shown of it, as everything on the bench. Which cue is looked at, which
act is picked and which detail is asked for is all that the review remembers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QToolButton

from coder.annotate import answering
from coder.annotate.commands import COMMANDS, EDITING
from coder.annotate.desk import Desk
from coder.annotate.keymap import CodeKey, Do, Keymap, OptionKey, detail_keys
from coder.annotate.reviewing import Case, case_of
from coder.annotate.strokes import subject
from coder.annotate.view.after_paint import AfterPaint
from coder.annotate.view.answers_panel import AnswersPanel, PanelWishes, Showing
from coder.annotate.view.player import Player
from coder.annotate.view.selection import Selection
from coder.annotate.view.watched import Watched
from coder.language import plural, tr
from coder.model.coding import Event
from coder.model.edit import Edit, EditKind
from coder.model.problem import CodingError, Problem
from coder.model.time import SECOND_US

BEFORE_US = SECOND_US
AFTER_US = SECOND_US // 2
"""So much before a cue and after the time for its answer is played."""

_UNCHANGED = {Do.UNDO, Do.REDO}


@dataclass(frozen=True, slots=True)
class ReviewWishes:
    """What the review asks of the bench. attempt: make an edit and save it, or tell why not. leave: to keys."""

    attempt: Callable[[Callable[[], Edit]], None]
    say: Callable[[str], None]
    refused: Callable[[CodingError], None]
    leave: Callable[[], None]


class Answers:
    """`on` while the review goes; `panel` stands beside the film then, `button` begins it."""

    def __init__(
        self,
        desk: Desk,
        keymap: Keymap,
        player: Player,
        selection: Selection,
        wishes: ReviewWishes,
        *,
        locked: bool,
    ) -> None:
        self.on = Watched(False)
        self._desk = desk
        self._scheme = desk.scheme
        self._keymap = keymap
        self._player = player
        self._selection = selection
        self._wishes = wishes
        self._case: Case | None = None
        self._picked: str | None = None
        self._asked: int | None = None
        panel = PanelWishes(self.pick, self.judge, self.detail, self.go_on, self.step, self.take_back, self._end)
        self.panel = AnswersPanel(desk.scheme, keymap, panel, locked=locked)
        self.button = QToolButton()
        self.button.setToolTip(keymap.command(Do.ANSWERS).hint)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda _: self.begin())
        self._soon = AfterPaint(self.panel, self._on_selected)
        if desk.scheme.links:
            selection.primary.listen(lambda _: self._soon.ask())
            desk.listen(self._on_edit)
        self._count()

    # begin and end

    def toggle(self) -> None:
        """Begin the review with the selected cue, else with the next that is open; or end it."""
        if not self.leave():
            self.begin()

    def begin(self, cue: Event | None = None) -> None:
        """Begin with this cue; None: with the one that is selected or answered by what is, else the next open."""
        coding, linked = self._desk.coding, self._desk.linked
        if cue is None and (event := self._selection.primary.value) is not None:
            cue = event if self._scheme.link_of(event.tier) is not None else linked.cue_of(event.id)
        cue = cue or answering.next_open(coding, self._scheme) or next(iter(self._cues()), None)
        if cue is None:
            self._wishes.refused(self._nothing())
            return
        self.on.set(True)
        self._wishes.leave()
        self._enter(cue)

    def leave(self) -> bool:
        """End the review; False if there is none."""
        if not self.on.value:
            return False
        self.on.set(False)
        self._player.pause()
        case, self._case = self._case, None
        held = case is not None and self._desk.coding.holds(case.cue)
        self._selection.choose(case.cue if case is not None and held else None)
        self._wishes.leave()
        return True

    def _end(self) -> None:
        self.leave()

    # keys

    def takes(self, keys: tuple[str, ...]) -> bool:
        """Do what a key means in the review: an outcome, or a detail. The key of a code codes nothing there."""
        case = self._case
        if not self.on.value or case is None:
            return False
        for key in keys:
            outcome = next((one for one in case.link.outcomes if one.key.upper() == key), None)
            if outcome is not None:
                self.judge(outcome.id)
                return True
            option = self._option(case, key)
            if option is not None:
                self.detail(option.modifier.id, option.value)
                return True
        if isinstance(self._keymap.first_meaning(keys), CodeKey):
            self._refuse()
            return True
        return False

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the keys do; while the review goes they edit nothing but what is judged."""
        if not self.on.value:
            return {Do.ANSWERS: self.toggle}
        edits = {one.do: self._refuse for one in COMMANDS if one.group == EDITING and one.do not in _UNCHANGED}
        return {
            **edits,
            Do.ANSWERS: self.toggle,
            Do.PLAY: self._player.pause if self._player.playing else self.play,
            Do.BEFORE: partial(self._pick_beside, -1),
            Do.AFTER: partial(self._pick_beside, +1),
            Do.EVENT_BACK: partial(self.step, -1),
            Do.EVENT_ON: partial(self.step, +1),
            Do.NOTE: self.go_on,
            Do.DELETE: self.take_back,
        }

    # what a person asks for

    def play(self) -> None:
        """Play the cue and the time for its answer, with a little before and after."""
        if self._case is not None:
            self._player.go_to(max(self._case.cue.onset_us - BEFORE_US, 0))
            self._player.play_until(self._case.window.end_us + AFTER_US)

    def step(self, step: int) -> None:
        """To the cue before (-1) or after (1)."""
        row = self._cues()
        at = (self._case.number - 1 if self._case is not None else 0) + step
        if 0 <= at < len(row):
            self._enter(row[at])
        else:
            what = tr("There is no cue after this one.") if step > 0 else tr("There is no cue before this one.")
            self._wishes.refused(CodingError(Problem(what)))

    def pick(self, act: Event) -> None:
        """Take this act for the answer, and show where it begins; an outcome then links it."""
        self._picked = act.id
        self._player.pause()
        self._player.go_to(act.onset_us)
        self._show()

    def judge(self, outcome_id: str) -> None:
        """Give the cue an outcome; then its details are asked for, or the next cue without an outcome comes."""
        case = self._case
        if case is None:
            return
        self._player.pause()
        act = self._act(case)
        same = case.outcome is not None and case.outcome.id == outcome_id
        if not same or (case.outcome is not None and case.outcome.has_answer and act != case.act):
            coding = self._desk.coding
            self._wishes.attempt(lambda: answering.judge(coding, self._scheme, case.cue, outcome_id, act))
            if self._desk.coding is coding:
                return  # it was refused, or could not be saved: it is not judged
        self._asked = 0 if self._case is not None and self._case.details() else None
        if self._asked is None:
            self._next()
        self._show()

    def detail(self, detail_id: str, value: str) -> None:
        """Choose a value of a detail, or take it back; a single one that is chosen leads to the next detail."""
        case, coding = self._case, self._desk.coding
        if case is None:
            return
        self._wishes.attempt(lambda: answering.set_detail(self._scheme, case.cue, detail_id, value))
        if self._desk.coding is coding or self._case is None:
            return
        details = [one.id for one in case.link.details]
        self._asked = details.index(detail_id)
        chosen = self._case.cue.modifier(detail_id) is not None
        if chosen and case.link.details[self._asked].kind != "multi":
            self.go_on()
        self._show()

    def go_on(self) -> None:
        """Past the detail that is asked for; past the last, or without one, to the next cue without an outcome."""
        case = self._case
        if case is None:
            return
        details = case.details()
        if self._asked is not None and self._asked < len(details):
            asked = details[self._asked]
            if asked.required and case.cue.modifier(asked.id) is None and not self._desk.locked:
                what = tr("“{detail}” has to be told.", detail=asked.label)
                self._wishes.refused(CodingError(Problem(what, hint=tr("Choose one of its values."))))
                return
            self._asked += 1
        if self._asked is None or self._asked >= len(details):
            self._next()
        self._show()

    def take_back(self) -> None:
        """Take back what was judged of the cue."""
        case = self._case
        if case is not None:
            self._asked = None
            self._wishes.attempt(lambda: answering.unjudge(self._scheme, case.cue))

    # within

    def _cues(self) -> tuple[Event, ...]:
        return answering.cues(self._desk.coding, self._scheme)

    def _enter(self, cue: Event) -> None:
        self._picked = self._asked = None
        self._look(cue.id)
        self.play()

    def _next(self) -> None:
        """To the next cue without an outcome; if there is none the review stays where it is and says so."""
        cue = self._case.cue if self._case is not None else None
        following = answering.next_open(self._desk.coding, self._scheme, cue)
        self._asked = None
        if following is None:
            self._wishes.say(
                plural("The only cue is judged.", "All {count} cues are judged.", self._desk.linked.cues)
            )
        elif cue is None or following.id != cue.id:
            self._enter(following)

    def _look(self, cue_id: str) -> None:
        self._case = case_of(self._desk.coding, self._scheme, self._desk.linked, cue_id)
        self._show()

    def _act(self, case: Case) -> Event | None:
        """The act that is picked: by hand, else the one that is linked or proposed."""
        return next((one.act for one in case.choices if one.act.id == self._picked), case.act)

    def _show(self) -> None:
        case, linked = self._case, self._desk.linked
        if case is None:
            return
        act = self._act(case)
        if {case.cue, act} - {None} != set(self._selection.events):
            self._selection.choose(case.cue, [act] if act is not None else [])
        self.panel.show_case(Showing(case, act, self._asked, linked.cues, linked.cues - linked.open))

    def _pick_beside(self, step: int) -> None:
        """The free act before (-1) or after (1) the one that is picked."""
        case = self._case
        free = [one.act for one in case.choices if one.taken_by is None] if case is not None else []
        if case is None or not free:
            self._wishes.refused(CodingError(Problem(tr("No act in this time could answer the cue."))))
            return
        act = self._act(case)
        at = free.index(act) + step if act in free else 0 if step > 0 else len(free) - 1
        self.pick(free[min(max(at, 0), len(free) - 1)])

    def _option(self, case: Case, key: str) -> OptionKey | None:
        """What a key says of a detail: of the one that is asked for, else of any other."""
        details = case.details()
        first = details[self._asked : self._asked + 1] if self._asked is not None else ()
        return next((one for detail in (*first, *details) for one in detail_keys(detail) if one.key == key), None)

    def _on_edit(self, edit: Edit) -> None:
        self._count()
        if not self.on.value:
            return
        event = subject(edit)
        back = edit.kind is not EditKind.DO and event is not None and self._scheme.link_of(event.tier) is not None
        case = self._case
        if back and event is not None and (case is None or event.id != case.cue.id):
            self._enter(event)
        elif case is not None:
            self._look(case.cue.id)
        if self._case is None:  # the cue is gone
            following = answering.next_open(self._desk.coding, self._scheme)
            if following is None:
                self.leave()
            else:
                self._enter(following)

    def _on_selected(self) -> None:
        """Somebody clicked a cue or an act on the timeline."""
        event, case = self._selection.primary.value, self._case
        if not self.on.value or case is None or event is None or event.id == case.cue.id:
            return
        if self._scheme.link_of(event.tier) is not None:
            self._enter(event)
        elif any(one.act.id == event.id for one in case.choices):
            self.pick(event)
        else:
            self._show()

    def _count(self) -> None:
        count = self._desk.linked.open
        text = tr("Review answers: {count} open", count=count) if count else tr("Review answers")
        self.button.setText(text)
        self.button.setAccessibleName(text)

    def _refuse(self) -> None:
        what = tr("The review of answers changes no codes.")
        key = self._keymap.command(Do.DESELECT)
        hint = tr("To code or to edit, end the review first ({key}).", key=", ".join(key.keys[:1]))
        self._wishes.refused(CodingError(Problem(what, hint=hint)))

    def _nothing(self) -> CodingError:
        if not self._scheme.links:
            return CodingError(Problem(tr("This scheme does not ask what answers what.")))
        what = tr("There are no cues to review yet.")
        return CodingError(Problem(what, hint=tr("Code the cues and the acts first.")))
