"""The review of answers: from cue to cue, each is played, and its outcome judged by one key.

What is judged is saved before anything is shown of it, as everything on the bench. Which cue is looked at, which
act is picked and which detail is asked for is all that the review remembers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QToolButton

from coder.annotate import answering
from coder.annotate.commands import COMMANDS, EDITING
from coder.annotate.desk import Desk
from coder.annotate.keycaps import shown
from coder.annotate.keymap import CodeKey, Do, Keymap
from coder.annotate.reviewing import Case, Look, case_of
from coder.annotate.strokes import subject
from coder.annotate.view.after_paint import AfterPaint
from coder.annotate.view.answers_panel import AnswersPanel, PanelWishes
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
        self._look: Look | None = None
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
        linked = self._desk.linked
        if cue is None and (event := self._selection.primary.value) is not None:
            cue = event if self._scheme.link_of(event.tier) is not None else linked.cue_of(event.id)
        cue = cue or linked.next_open() or next(iter(self._cues()), None)
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
        look, self._look = self._look, None
        held = look is not None and self._desk.coding.holds(look.case.cue)
        self._selection.choose(look.case.cue if look is not None and held else None)
        self._wishes.leave()
        return True

    def _end(self) -> None:
        self.leave()

    # keys

    def takes(self, keys: tuple[str, ...]) -> bool:
        """Do what a key means in the review: an outcome, or a detail. The key of a code codes nothing there."""
        look = self._look
        for key in keys if look is not None else ():
            if look is not None and (outcome := look.outcome_of(key)) is not None:
                self.judge(outcome.id)
                return True
            if look is not None and (option := look.option_of(key)) is not None:
                self.detail(option.modifier.id, option.value)
                return True
        if look is None:
            return False
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
        if self._look is not None:
            self._player.pause()  # or it would go on from the frame on the screen
            self._player.go_to(max(self._look.case.cue.onset_us - BEFORE_US, 0))
            self._player.play_until(self._look.case.window.end_us + AFTER_US)

    def step(self, step: int) -> None:
        """To the cue before (-1) or after (1)."""
        row = self._cues()
        at = (self._look.case.number - 1 if self._look is not None else 0) + step
        if 0 <= at < len(row):
            self._enter(row[at])
        else:
            what = tr("There is no cue after this one.") if step > 0 else tr("There is no cue before this one.")
            self._wishes.refused(CodingError(Problem(what)))

    def pick(self, act: Event) -> None:
        """Take this act for the answer, and show where it begins; an outcome then links it."""
        if self._look is not None:
            self._player.pause()
            self._player.go_to(act.onset_us)
            self._show(replace(self._look, picked=act.id))

    def judge(self, outcome_id: str) -> None:
        """Give the cue an outcome; then its details are asked for, or the next cue without an outcome comes."""
        look, coding = self._look, self._desk.coding
        if look is None:
            return
        self._player.pause()
        cue, act = look.case.cue, look.act
        outcome = look.case.link.outcome(outcome_id)
        if act is None and look.case.choices and outcome is not None and outcome.has_answer:
            self._wishes.refused(self._not_chosen())
            return
        if not look.judged(outcome_id):
            linked = self._desk.linked
            self._wishes.attempt(lambda: answering.judge(coding, self._scheme, linked, cue, outcome_id, act))
            if self._desk.coding is coding:
                return  # it was refused, or could not be saved: it is not judged
        self._ask(0)

    def detail(self, detail_id: str, value: str) -> None:
        """Choose a value of a detail, or take it back; a single one that is chosen leads to the next detail."""
        look, coding = self._look, self._desk.coding
        if look is None:
            return
        cue, details = look.case.cue, look.case.link.details
        self._wishes.attempt(lambda: answering.set_detail(self._scheme, cue, detail_id, value))
        if self._desk.coding is coding or self._look is None:
            return
        at = next(n for n, one in enumerate(details) if one.id == detail_id)
        done = details[at].kind != "multi" and self._look.case.cue.modifier(detail_id) is not None
        self._ask(at + 1 if done else at)

    def go_on(self) -> None:
        """Past the detail that is asked for; past the last, or without one, to the next cue without an outcome."""
        look = self._look
        if look is None:
            return
        if look.question is not None and look.lacking:
            what = tr("“{detail}” has to be told.", detail=look.question.label)
            self._wishes.refused(CodingError(Problem(what, hint=tr("Choose one of its values."))))
            return
        self._ask(len(look.case.details()) if look.asked is None else look.asked + 1)

    def take_back(self) -> None:
        """Take back what was judged of the cue."""
        look = self._look
        if look is not None:
            self._look = replace(look, asked=None)
            self._wishes.attempt(lambda: answering.unjudge(self._scheme, look.case.cue))

    # within

    def _cues(self) -> tuple[Event, ...]:
        return answering.cues(self._desk.coding, self._scheme)

    def _enter(self, cue: Event) -> None:
        case = self._case_of(cue)
        if case is not None:
            self._show(Look(case))
            self.play()

    def _ask(self, at: int) -> None:
        """Ask for a detail, by its place; after the last comes the next cue without an outcome."""
        look = self._look
        if look is None:
            return
        if at < len(look.case.details()):
            self._show(replace(look, asked=at))
            return
        following = self._desk.linked.next_open(look.case.cue)
        if following is not None and following.id != look.case.cue.id:
            self._enter(following)
            return
        self._show(replace(look, asked=None))
        if following is None:
            many = self._desk.linked.cues
            self._wishes.say(plural("The only cue is judged.", "All {count} cues are judged.", many))

    def _case_of(self, cue: Event) -> Case | None:
        return case_of(self._desk.coding, self._scheme, self._desk.linked, cue.id)

    def _show(self, look: Look) -> None:
        self._look = look
        cue, act, linked = look.case.cue, look.act, self._desk.linked
        if {cue, act} - {None} != set(self._selection.events):
            self._selection.choose(cue, [act] if act is not None else [])
        self.panel.show_look(look, linked.cues, linked.cues - linked.open)

    def _pick_beside(self, step: int) -> None:
        act = self._look.beside(step) if self._look is not None else None
        if act is None:
            self._wishes.refused(CodingError(Problem(tr("No act in this time could answer the cue."))))
        else:
            self.pick(act)

    def _on_edit(self, edit: Edit) -> None:
        self._count()
        look = self._look
        if look is None:
            return
        event = subject(edit)
        back = edit.kind is not EditKind.DO and event is not None and self._scheme.link_of(event.tier) is not None
        case = self._case_of(look.case.cue)
        if back and event is not None and event.id != look.case.cue.id:
            self._enter(event)
        elif case is not None:
            self._show(replace(look, case=case))
        elif (following := self._desk.linked.next_open()) is not None:
            self._enter(following)  # the cue is gone
        else:
            self.leave()

    def _on_selected(self) -> None:
        """Somebody clicked a cue or an act on the timeline."""
        event, look = self._selection.primary.value, self._look
        if look is None or event is None or event.id == look.case.cue.id:
            return
        if self._scheme.link_of(event.tier) is not None:
            self._enter(event)
        elif any(one.act.id == event.id for one in look.case.choices):
            self.pick(event)
        else:
            self._show(look)

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

    def _not_chosen(self) -> CodingError:
        up, down = (shown(self._keymap.first_key(one)) for one in (Do.BEFORE, Do.AFTER))
        hint = tr("Choose the act with {up} or {down} first.", up=up, down=down)
        return CodingError(Problem(tr("No act is chosen as the answer yet."), hint=hint))

    def _nothing(self) -> CodingError:
        if not self._scheme.links:
            return CodingError(Problem(tr("This scheme does not ask what answers what.")))
        what = tr("There are no cues to review yet.")
        return CodingError(Problem(what, hint=tr("Code the cues and the acts first.")))
