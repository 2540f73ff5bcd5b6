"""The walk: disagreements and questions of evidence, each in front of the film, each settled by one key."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import pyqtSignal

from coder.annotate.keymap import Do
from coder.annotate.view.asked import Asked
from coder.annotate.view.differing import time_text
from coder.annotate.view.in_question import InQuestion
from coder.annotate.view.verdict_bar import VerdictBar
from coder.annotate.view.walk_content import WalkContent
from coder.annotate.view.walk_view import WalkView
from coder.desktop.before_film import BeforeFilm, Commands, as_preferred
from coder.desktop.bench_page import cameras_of
from coder.desktop.evidence_texts import disagreement_facts, question_facts
from coder.desktop.shared import Tools
from coder.desktop.walk_consensus import ConsensusBar
from coder.desktop.walk_decisions import Decisions, first_actor, holds, key_of
from coder.desktop.walk_keys import NEXT_OPEN, answer_of, sections, verdict_of
from coder.desktop.walk_layout import WalkHead, spread_out
from coder.desktop.walk_list import WalkList
from coder.desktop.walk_rows import Moments, Source, WalkRow, decided, names_in, rows_of
from coder.language import tr
from coder.model.disagreement import Disagreement, Verdict
from coder.model.evidence import Answer, Question
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.time import Span
from coder.store import StudyStore
from coder.workflows.review import Review


class WalkPage(BeforeFilm):
    """Walks one `Review`. Every decision is on the disk before it is shown. `shut` must be called before it goes.

    consensus_wanted(str): the consensus of these passes, by id, is to be shown on the bench.
    """

    view: WalkView
    consensus_wanted = pyqtSignal(str)

    def __init__(self, review: Review, store: StudyStore, tools: Tools, on_back: Callable[[], object]) -> None:
        content = as_preferred(_content(review), tools)
        super().__init__(content.keymap, tools)
        self.view = WalkView(content, self.keyPressEvent, self._leave)
        coders = store.coders()
        self._names = {coder.id: coder.name for coder in coders}
        names = names_in(review)
        self.head = WalkHead(review, coders, first_actor(store, review), on_back, self._consensus, self._leave)
        self.decisions = Decisions(store, review, self.head.actor.value)
        self.head.actor.currentIndexChanged.connect(self._change_actor)
        self.list = WalkList(rows_of(review), review.scheme, _nothing(review))
        self.list.show_errors(*review.wrong_and_judged)
        self.question = InQuestion(content, self.view.play_span, self._leave)
        note_key = self._keymap.first_key(Do.NOTE)
        self.bar = VerdictBar(*names, note_key, self._settle, self._answer, self._keep_note, self._leave)
        self.consensus = ConsensusBar(store, tools, self.consensus_wanted.emit, self._leave)
        whole = spread_out(self.list, self.question, self.view, self.bar)
        parts = (self.head, self.consensus, whole, self.view.strip)
        self._put_together(parts, whole, self.list.table, sections(self._keymap, self._commands(), *names))
        self.list.chosen.connect(self._show)
        self._show(self.list.row)

    # for whoever shows the page

    @property
    def review(self) -> Review:
        """As it is on the disk."""
        return self.decisions.review

    def show_moments(
        self, moments: Sequence[Span], tier: str = "", codes: tuple[str | None, str | None] | None = None
    ) -> None:
        """Show only the disagreements at these moments, e.g. those behind a cell of a confusion table.

        tier: only of this one. codes: only where A has the first and B the second (None: nothing).
        """
        self.list.show_moments(Moments(tuple(moments), tier, codes))

    def show_evidence(self) -> None:
        """Show only what evidence asks, where it asks anything."""
        self.list.show_source(Source.EVIDENCE)

    # what the keys do

    def _commands(self, *, held: bool = False) -> Commands:
        return {
            **super()._commands(held=held),
            Do.BEFORE: lambda: self.list.step(-1),
            Do.AFTER: lambda: self.list.step(+1),
            Do.DIFFERENCE_BACK: lambda: self.list.step(-1),
            Do.DIFFERENCE_ON: lambda: self.list.step(+1),
            Do.NOTE: self._write_note,
            Do.DELETE: self._take_back,
            Do.UNDO: self._undo,
        }

    def _own_key(self, texts: Sequence[str]) -> bool:
        """Verdicts, answers, and on to what is not settled."""
        verdict, answer = verdict_of(texts), answer_of(texts)
        if answer is not None and (self._asks_evidence or verdict is None):
            self._answer(answer)
        elif verdict is not None:
            self._settle(verdict)
        elif NEXT_OPEN in texts:
            self._next_open()
        else:
            return False
        return True

    def _write_note(self) -> None:
        if self.list.row is not None:
            self.bar.write_note()

    def _next_open(self) -> None:
        if not self.list.next_open():
            self.view.strip.say(tr("Nothing more is to be settled among what is shown."))

    @property
    def _asks_evidence(self) -> bool:
        return self.list.row is not None and isinstance(self.list.row.about, Question)

    def _settle(self, verdict: Verdict) -> None:
        row, note = self.list.row, self.bar.note.text().strip()
        about = row.about if row is not None else None
        if row is None:
            self._refuse(tr("Nothing is chosen."))
        elif not isinstance(about, Disagreement):
            self._refuse(tr("Evidence asks here, so no coder is right or wrong against another."))
        elif self._written(lambda: self.decisions.settle(about, verdict, note)):
            self._show_decided(row, go_on=True)

    def _answer(self, answer: Answer) -> None:
        row, note = self.list.row, self.bar.note.text().strip()
        about = row.about if row is not None else None
        if row is None:
            self._refuse(tr("Nothing is chosen."))
        elif not isinstance(about, Question):
            self._refuse(tr("Two colleagues differ here: what was measured is shown, but it is not judged."))
        elif self._written(lambda: self.decisions.answer(about, answer, note)):
            self._show_decided(row, go_on=True)

    def _refuse(self, text: str) -> None:
        self.view.refuse(CodingError(Problem(text)))

    def _keep_note(self, note: str) -> None:
        row = self.list.row
        if row is None:
            return
        if self._written(lambda: self.decisions.keep_note(row.about, note)):
            self._show_decided(row, go_on=False)

    def _take_back(self) -> None:
        row = self.list.row
        if row is not None and self._written(lambda: self.decisions.take_back(row.about)):
            self._show_decided(row, go_on=False)

    def _undo(self) -> None:
        if self._written(self.decisions.undo) and self.decisions.undone is not None:
            self.list.choose_key(key_of(self.decisions.undone))
            if self.list.row is not None:
                self._show_decided(self.list.row, go_on=False)

    def _written(self, write: Callable[[], object]) -> bool:
        """Write a decision. True once it is on the disk; else nothing has changed, and the person is told."""
        try:
            write()
        except CodingError as error:
            self.view.refuse(error)
            return False
        except CoderError as error:
            self._tools.on_error(error)
            return False
        return True

    def _change_actor(self) -> None:
        self.decisions.actor = self.head.actor.value

    def _consensus(self) -> None:
        walk = self.review.walk
        if walk is None:
            return
        if walk.consensus is not None:
            self.consensus_wanted.emit(walk.consensus.id)
        else:
            try:
                who = self.decisions.who()
            except CodingError as error:
                self.view.refuse(error)
                self.head.actor.setFocus()
                return
            self.consensus.ask(walk, who)

    # showing

    def _show_decided(self, row: WalkRow, *, go_on: bool) -> None:
        decision, at = self.decisions.of(row.about), time_text(row.about.span.start_us)
        if holds(decision) is not None:
            words = decided(row, decision).badge
            self.view.strip.say(tr("Saved: {verdict}, {time}", verdict=words, time=at))
        elif self.decisions.draft(row.about):
            self.view.strip.say(tr("The note is saved with your verdict."))
        else:
            self.view.strip.say(tr("Not settled any more: {time}", time=at))
        self.list.show_errors(*self.review.wrong_and_judged)
        self.list.settled(row.key, decision, go_on=go_on)

    def _show(self, row: WalkRow | None) -> None:
        """Show the chosen row; the film stays where it is if only the decision is another."""
        about = row.about if row is not None else None
        if about != self.view.chosen.value:
            self.view.choose(about)
            self.question.show_one(about)
        if row is None:
            self.bar.show_settled(None, "", "", can=False)
            return
        decision, note = self.decisions.of(row.about), self.decisions.draft(row.about)
        what = holds(decision)
        if decision is None or what is None:
            told = tr("The note is saved with your verdict.") if note else tr("Not settled yet")
        else:
            who, note = self._names.get(decision.actor, ""), decision.note
            told = tr("Settled by {coder} on {day}", coder=who, day=decision.at[:10])
        if isinstance(row.about, Question):
            self.bar.show_answered(row.about.concern, what if isinstance(what, Answer) else None, note, told)
        else:
            self.bar.show_settled(what if isinstance(what, Verdict) else None, note, told)


def _content(review: Review) -> WalkContent:
    name_a, name_b = names_in(review)

    def facts(one: Asked) -> Sequence[str]:
        if isinstance(one, Question):
            return tuple(question_facts(one, review.scheme))
        return tuple(disagreement_facts(one, review.scheme, review.tracks))

    return WalkContent(
        scheme=review.scheme,
        session=review.session,
        cameras=cameras_of(review.films),
        pass_a=review.passes[0],
        pass_b=review.passes[1] if len(review.passes) > 1 else None,
        name_a=name_a,
        name_b=name_b,
        differences=tuple(sorted(review.differences, key=lambda one: (one.span, one.tier))),
        questions=tuple(sorted(review.questions, key=lambda one: (one.span, one.tier))),
        tracks=review.curves,
        persons=review.persons,
        facts=facts,
        levels=review.levels,
    )


def _nothing(review: Review) -> str:
    """What is said where nothing is asked at all."""
    if review.walk is not None:
        text = tr("The two passes do not differ anywhere.")
        return text if review.remark else " ".join((text, tr("Evidence asks nothing either.")))
    return review.remark or tr("Evidence asks nothing about this pass.")
