"""The review of answers by keys: on a small film with a small scheme, and on a sample clip in a real study."""

import csv
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.keymap import Keymap
from coder.annotate.view.answers import AFTER_US, BEFORE_US
from coder.annotate.view.answers_panel import first_sentence
from coder.annotate.view.bench import Bench
from coder.annotate.view.chips import Chip
from coder.annotate.view.content import BenchContent, Camera
from coder.annotate.view.keyhelp import sections
from coder.annotate.view.review_button import ReviewButton
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.formats import event_formats, find_format
from coder.model.coding import CodingPass
from coder.model.scheme import OUTCOME
from coder.model.time import SECOND_US as S
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.passes import OpenPass, open_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study, open_study
from tests.annotate.linked import LINKED, judgement, lines
from tests.annotate.view.conftest import OFFSET_US, Laid, Table
from tests.annotate.view.hands import press

SAMPLE = Path(__file__).parents[3] / "sample_media"
MASTER = SAMPLE / "cues-responses.cue-response.master.csv"


def reply(laid: Laid, *drawn: str, submitted: bool = False) -> Table:
    """A bench with drawn cues and acts, one sign for each half second of the film."""
    coding = lines(*drawn, start_us=OFFSET_US)
    return laid(*coding, scheme=LINKED, submitted=submitted)


def buttons(bench: Bench) -> dict[str, ReviewButton]:
    """The acts and outcomes of the review, by their names."""
    shown = bench.side.answers.panel.shown()
    return {one.text(): one for one in shown.findChildren(ReviewButton)}


def chosen(bench: Bench) -> list[str]:
    """What is marked as chosen: acts, outcomes, values of details."""
    shown = bench.side.answers.panel.shown()
    values = [one.text() for one in shown.findChildren(Chip) if one.isChecked()]
    return [name for name, button in buttons(bench).items() if button.chosen] + values


def words(bench: Bench) -> list[str]:
    """Every text of the review."""
    panel = bench.side.answers.panel
    panel.shown()
    return [label.text() for label in panel.findChildren(QLabel)]


def asked(bench: Bench) -> str:
    """The detail that is asked for; "" if none is."""
    return next((text for text in words(bench) if text.endswith("? Enter goes on.")), "").partition("?")[0]


def cue(bench: Bench) -> str:
    """The id of the cue that is reviewed; "" if none is."""
    look = bench.side.answers.panel.look
    return look.case.cue.id if bench.side.answers.on.value and look is not None else ""


# ---- a cue is looked at


def test_the_review_begins_by_key_and_by_button_and_ends_with_esc(laid: Laid, qtbot: QtBot) -> None:
    table = reply(laid, "..C...Y.....", "....T.......")
    bench = table.bench
    assert not bench.side.answers.panel.isVisible()
    assert bench.side.answers.button.text() == "Review answers: 2 open"
    press(bench, "Ctrl+D")
    assert bench.side.answers.panel.isVisible()
    assert not bench.side.codes.isVisible()
    assert [one.id for one in bench.selection.events] == ["C2", "T4"]
    assert words(bench)[:2] == ["Cue 1 of 2", "0 of 2 judged"]
    press(bench, "Esc")
    assert not bench.side.answers.panel.isVisible()
    assert bench.side.codes.isVisible()
    assert [one.id for one in bench.selection.events] == ["C2"]
    bench.side.answers.button.click()
    assert cue(bench) == "C2"
    press(bench, "Ctrl+D")
    assert cue(bench) == ""


def test_it_shows_the_cue_what_may_answer_it_and_what_each_outcome_means(laid: Laid) -> None:
    table = reply(laid, "..C.........", "....TH......")
    bench = table.bench
    press(bench, "Ctrl+D")
    assert list(buttons(bench)) == ["Talk", "Hug", "Fits", "Loosely", "Misses", "No reply", "Cannot tell"]
    assert buttons(bench)["Talk"].tag == "proposed"
    assert buttons(bench)["Talk"].accessibleName() == "Answer: Talk, after 1.00 s · prompt"
    assert buttons(bench)["Fits"].accessibleName() == "Fits, key 1"
    assert buttons(bench)["Fits"].accessibleDescription() == "The reply is about the call."
    assert chosen(bench) == ["Talk"]
    text = "\n".join(words(bench))
    assert "A call, in any voice." in text
    assert "At 00:00:02.000. In the 3 s after it:" in text
    assert "Judge what the reply is about, not how soon it comes." in text
    assert [one for one in bench.side.answers.panel.findChildren(QWidget) if _nameless(one)] == []


def _nameless(control: QWidget) -> bool:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return bool(control.isVisible() and control.focusPolicy().value and not (control.accessibleName() or text))


def test_entering_a_cue_plays_it_with_its_time_for_an_answer_and_space_plays_it_again(
    laid: Laid, qtbot: QtBot
) -> None:
    table = reply(laid, "....C.......", "......T.....")
    bench, seen = table.bench, []
    bench.painted.listen(lambda painted: seen.append(painted.at_us if painted else 0))
    cue_us = OFFSET_US + 2 * S
    press(bench, "Ctrl+D")
    assert bench.player.playing
    qtbot.waitUntil(lambda: not bench.player.playing, timeout=20_000)
    assert cue_us - BEFORE_US <= min(seen) <= cue_us - BEFORE_US + 200_000
    end_us = cue_us + 3 * S + AFTER_US
    assert end_us - 60_000 <= seen[-1] < end_us
    press(bench, "Space")
    assert bench.player.playing
    qtbot.waitUntil(lambda: seen[-1] < cue_us, timeout=20_000)
    press(bench, "Space")
    assert not bench.player.playing


def test_a_cue_that_is_entered_while_another_plays_is_played_from_before_it(laid: Laid, qtbot: QtBot) -> None:
    table = reply(laid, "..C.....C...", "............")
    bench, seen = table.bench, []
    press(bench, "Ctrl+D")
    qtbot.waitUntil(lambda: bench.painted.value is not None and bench.painted.value.at_us > OFFSET_US + S)
    assert bench.player.playing
    bench.painted.listen(lambda painted: seen.append(painted.at_us if painted else 0))
    press(bench, "PageDown")
    qtbot.waitUntil(lambda: len(seen) > 5)
    assert bench.player.playing
    assert min(seen) >= OFFSET_US + 3 * S - 40_000


@pytest.mark.parametrize(
    ("cues", "acts", "tagged"),
    [("..C.........", "............", "No reply"), ("..........C.", "............", "Cannot tell")],
)
def test_an_outcome_is_proposed_where_nobody_acts(laid: Laid, cues: str, acts: str, tagged: str) -> None:
    table = reply(laid, cues, acts)
    press(table.bench, "Ctrl+D")
    assert [name for name, button in buttons(table.bench).items() if button.tag == "proposed"] == [tagged]
    cut = any("coded window ends" in text for text in words(table.bench))
    assert cut is (tagged == "Cannot tell")


# ---- a cue is judged


def test_one_key_judges_then_details_are_asked_then_the_next_open_cue_comes(laid: Laid, qtbot: QtBot) -> None:
    table = reply(laid, "C.....C.....", ".T.....H....")
    bench = table.bench
    press(bench, "Ctrl+D", "1")
    assert len(table.writer.saved) == 1
    assert judgement(table.desk.coding, "C0") == "fits T1"
    assert bench.strip.text == "Saved · “Call” at 00:00:01.000: Fits"
    assert asked(bench) == "Channel"
    press(bench, "Q", "W")  # codes have these keys elsewhere, or none
    assert chosen(bench) == ["Talk", "Fits", "Voice", "Face"]
    press(bench, "Return")
    assert asked(bench) == "Tone"
    press(bench, "Return")
    assert bench.strip.text == "“Tone” has to be told. Choose one of its values."
    press(bench, "A")
    assert judgement(table.desk.coding, "C0") == "fits T1 channel=face,voice tone=warm"
    assert cue(bench) == "C6"
    assert words(bench)[:2] == ["Cue 2 of 2", "1 of 2 judged"]
    press(bench, "4")
    assert judgement(table.desk.coding, "C6") == "none"
    assert bench.strip.text == "All 2 cues are judged."
    assert bench.side.answers.button.text() == "Review answers"
    assert cue(bench) == "C6"


def test_a_detail_can_be_told_without_waiting_for_its_turn(laid: Laid) -> None:
    table = reply(laid, "C.....C.....", ".T..........")
    press(table.bench, "Ctrl+D", "1", "A")
    assert judgement(table.desk.coding, "C0") == "fits T1 tone=warm"
    assert cue(table.bench) == "C6"


def test_another_act_is_picked_by_the_arrows_and_by_a_click(laid: Laid, qtbot: QtBot) -> None:
    table = reply(laid, "C.C.........", ".T.H.T......")
    bench = table.bench
    press(bench, "Ctrl+D", "Down")
    assert chosen(bench) == ["Hug"]
    assert [one.id for one in bench.selection.events] == ["C0", "H3"]
    qtbot.waitUntil(
        lambda: bench.painted.value is not None and bench.painted.value.at_us >= OFFSET_US + 3 * S // 2 - 40_000
    )
    press(bench, "Down", "Down", "Up", "2")
    assert judgement(table.desk.coding, "C0") == "loose H3"
    press(bench, "PageDown")
    assert buttons(bench)["Hug"].tag == "answers “Call” at 00:00:01.000"
    assert [one.id for one in bench.selection.events] == ["C2", "T5"]
    buttons(bench)["Hug"].click()
    press(bench, "1")
    assert bench.strip.text.startswith("“Hug” answers “Call” at 00:00:01.000 already.")
    assert judgement(table.desk.coding, "C2") == ""


def test_an_act_that_is_there_but_not_proposed_has_to_be_chosen_first(laid: Laid) -> None:
    table = reply(laid, "CC..........", "...T........")  # it is nearer to the second cue
    bench = table.bench
    press(bench, "Ctrl+D")
    assert (cue(bench), chosen(bench)) == ("C0", [])
    press(bench, "1")
    assert bench.strip.text == "No act is chosen as the answer yet. Choose the act with ↑ or ↓ first."
    assert judgement(table.desk.coding, "C0") == ""
    press(bench, "Down", "1")
    assert judgement(table.desk.coding, "C0") == "fits T3"


def test_undo_brings_the_cue_back_and_delete_takes_its_outcome_back(laid: Laid) -> None:
    table = reply(laid, "C.....C.....", "............")
    bench = table.bench
    press(bench, "Ctrl+D", "4")
    assert cue(bench) == "C6"
    press(bench, "Ctrl+Z")
    assert (cue(bench), judgement(table.desk.coding, "C0")) == ("C0", "")
    press(bench, "Ctrl+Shift+Z")
    assert (cue(bench), judgement(table.desk.coding, "C0")) == ("C0", "none")
    press(bench, "Delete")
    assert judgement(table.desk.coding, "C0") == ""
    press(bench, "Delete")
    assert bench.strip.text.startswith("“Call” at 00:00:01.000 is not judged.")


def test_cues_are_gone_through_and_codes_and_edits_do_nothing(laid: Laid) -> None:
    table = reply(laid, "C.....C.....", ".T..........")
    bench, before = table.bench, table.desk.coding
    press(bench, "Ctrl+D", "PageUp")
    assert bench.strip.text == "There is no cue before this one."
    press(bench, "PageDown", "PageDown")
    assert bench.strip.text == "There is no cue after this one."
    assert cue(bench) == "C6"
    for key in ("E", "0", "[", "Ctrl+M", "Ctrl+U", "Ctrl+Left"):
        bench.strip.say("")
        press(bench, key)
        said = "The review of answers changes no codes. To code or to edit, end the review first (Esc)."
        assert bench.strip.text == said, key
    assert table.desk.coding is before
    press(bench, "Esc", "E")
    assert len(table.desk.coding) == len(before) + 1


def test_what_cannot_be_saved_is_not_judged(laid: Laid) -> None:
    table = reply(laid, "C.....C.....", ".T..........")
    press(table.bench, "Ctrl+D")
    table.writer.broken = True
    press(table.bench, "1")
    assert judgement(table.desk.coding, "C0") == ""
    assert "disk is full" in table.bench.strip.text
    assert (cue(table.bench), asked(table.bench)) == ("C0", "")
    table.writer.broken = False
    press(table.bench, "1")
    assert judgement(table.desk.coding, "C0") == "fits T1"


def test_a_submitted_pass_is_looked_through_and_not_changed(laid: Laid) -> None:
    table = reply(laid, "C.....C.....", ".T..........", submitted=True)
    bench = table.bench
    press(bench, "Ctrl+D")
    assert cue(bench) == "C0"
    assert not buttons(bench)["Fits"].isEnabled()
    press(bench, "1")
    assert bench.strip.text == "This pass is submitted and can no longer be changed."
    press(bench, "PageDown")
    assert cue(bench) == "C6"
    assert judgement(table.desk.coding, "C0") == ""


def test_who_clicks_another_cue_reviews_it_and_a_cue_that_goes_makes_room(laid: Laid, qtbot: QtBot) -> None:
    table = reply(laid, "C.....C.....", ".T..........")
    bench = table.bench
    press(bench, "Ctrl+D")
    bench.select(next(one for one in table.desk.coding if one.id == "C6"))
    qtbot.waitUntil(lambda: cue(bench) == "C6")
    bench.select(next(one for one in table.desk.coding if one.id == "C0"))
    qtbot.waitUntil(lambda: cue(bench) == "C0")
    bench.select(next(one for one in table.desk.coding if one.id == "T1"))
    qtbot.waitUntil(lambda: [one.id for one in bench.selection.events] == ["C0", "T1"])
    bench.time.grouping.recode("cry")  # by the menu of the timeline
    bench.select(next(one for one in table.desk.coding if one.id == "C0"))
    press(bench, "Esc", "Delete", "Ctrl+D", "Ctrl+Z")
    assert cue(bench) == "C0"


def test_without_cues_or_links_the_review_says_why_not(laid: Laid) -> None:
    table = reply(laid, "............", ".T..........")
    press(table.bench, "Ctrl+D")
    assert table.bench.strip.text == "There are no cues to review yet. Code the cues and the acts first."
    other = laid()
    press(other.bench, "Ctrl+D")
    assert other.bench.strip.text == "This scheme does not ask what answers what."
    assert not other.bench.side.answers.button.isVisible()


# ---- elsewhere on the bench


def test_what_is_to_be_mended_opens_the_review_at_its_cue(laid: Laid) -> None:
    table = reply(laid, "C.....C.....", ".T..........")
    press(table.bench, "Ctrl+F", "Ctrl+F")
    assert cue(table.bench) == "C6"


def test_the_inspector_says_how_a_cue_was_judged_and_takes_it_back(laid: Laid) -> None:
    table = reply(laid, "C.....C.....", ".T..........")
    bench = table.bench

    def said(event_id: str) -> list[str]:
        bench.select(next(one for one in table.desk.coding if one.id == event_id))
        return [one.text() for one in bench.inspector.shown().findChildren(QLabel)]

    assert "“Call” has no outcome yet." in said("C0")
    press(bench, "Ctrl+D", "1", "Q", "A", "Esc")
    told = said("C0")
    at = told.index("Reply")
    answer = ["Fits", "Replies: Talk, after 0.50 s · prompt", "Channel: Voice", "Tone: Warm"]
    assert told[at + 1 : at + 5] == answer
    assert "Answers “Call” at 00:00:01.000" in said("T1")
    said("C0")
    back = next(one for one in bench.inspector.shown().findChildren(QPushButton) if one.text() == "Take back")
    back.click()
    assert judgement(table.desk.coding, "C0") == ""
    review = next(
        one for one in bench.inspector.shown().findChildren(QPushButton) if one.text() == "Review answers"
    )
    review.click()
    assert cue(bench) == "C0"


def test_the_timeline_ties_a_cue_to_its_act(laid: Laid) -> None:
    table = reply(laid, "C...........", "...T........")
    bench = table.bench
    apart = bench.timeline.grab().toImage()
    press(bench, "Ctrl+D")
    bench.player.pause()
    proposed = bench.timeline.grab().toImage()
    press(bench, "1")
    bench.player.pause()
    judged = bench.timeline.grab().toImage()
    x = bench.timeline.x_of(OFFSET_US + 3 * S // 2)
    rows = {row.tier.id: row for row in bench.timeline._canvas.layout if row.tier is not None}
    y = 32 + rows["replies"].top_px - 4  # the arrow's head, just above the act
    accent = bench.palette().highlight().color().name()
    assert apart.pixelColor(x, y).name() != accent
    assert proposed.pixelColor(x, y).name() == judged.pixelColor(x, y).name() == accent


def test_the_first_sentence_of_a_definition_ends_where_it_ends() -> None:
    assert first_sentence("The reply fits, e.g. a hug. Not a nod.") == "The reply fits, e.g. a hug."
    assert first_sentence("Says “Look, a dog!” and points. It is far.") == "Says “Look, a dog!” and points."
    assert first_sentence(" One only. ") == "One only."


# ---- the sample clip, in a study


class Studied:
    """A study file with the clip, and the cues and acts of its master in an open pass."""

    def __init__(self, folder: Path) -> None:
        with open(MASTER, encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["tier"] in ("cues", "acts")]
        table = folder / "cues.csv"
        with open(table, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("tier", "code", "onset", "offset"))
            writer.writerows([row[name] for name in ("tier", "code", "onset", "offset")] for row in rows)
        self.folder = folder / "study"
        with new_study(self.folder, "Answers") as store:
            session = add_session(store, SAMPLE / "cues-responses.mp4", "Clip")
            imported = import_events(
                store, table, session=session.name, coder="Anna", scheme="cue-response", submitted=False
            )
            self.pass_id = imported.header.id


class Sitting:
    """One time at the bench with the pass of a study."""

    def __init__(self, studied: Studied, qtbot: QtBot) -> None:
        self.store: StudyStore = open_study(studied.folder)
        self.opened: OpenPass = open_pass(self.store, studied.pass_id)
        cameras = tuple(Camera(media, film) for media, film in self.opened.films)
        content = BenchContent(
            desk=self.opened.desk, scheme=self.opened.scheme, session=self.opened.session, cameras=cameras
        )
        self.bench = Bench(content, lambda _: None)
        qtbot.addWidget(self.bench)
        self.bench.resize(1366, 768)
        self.bench.show()
        self.bench.timeline.setFocus()
        qtbot.waitUntil(lambda: self.bench.painted.value is not None, timeout=20_000)

    @property
    def coding(self) -> CodingPass:
        return self.opened.desk.coding

    def end(self) -> None:
        self.bench.shut()
        self.store.close()


@pytest.fixture
def studied(tmp_path: Path, qapp: QApplication) -> Studied:
    apply_theme(qapp, LIGHT)
    return Studied(tmp_path)


def judgements(coding: CodingPass) -> list[tuple[str, int, str, dict[str, str]]]:
    """Code and onset of each cue, the code of the act that answers it, and all that was judged of it."""
    acts = {act.id: act.code for act in coding.row("acts")}
    return [(one.code, one.onset_us, acts.get(one.answer, ""), dict(one.modifiers)) for one in coding.row("cues")]


def test_the_cues_of_the_sample_clip_are_judged_by_keys_kept_and_taken_back(
    studied: Studied, qtbot: QtBot
) -> None:
    sitting = Sitting(studied, qtbot)
    bench, scheme, link = sitting.bench, sitting.opened.scheme, sitting.opened.scheme.links[0]
    events = find_format(str(MASTER), event_formats()).read(MASTER, scheme, sitting.opened.session.window)
    wanted = judgements(CodingPass.of(sitting.coding.header, events))
    assert [row[:2] for row in judgements(sitting.coding)] == [row[:2] for row in wanted]
    assert {outcome for *_, judged in wanted for outcome in judged.values()} >= {"o_match", "o_mis", "o_none"}
    pressed = 0
    press(bench, "Ctrl+D")
    for code, onset_us, act, judged in wanted:
        look = bench.side.answers.panel.look
        assert look is not None
        assert (look.case.cue.code, look.case.cue.onset_us) == (code, onset_us)
        assert (look.act.code if look.act is not None else "") == act  # what is proposed is what was meant
        press(bench, next(one.key for one in link.outcomes if one.id == judged[OUTCOME]))
        pressed += 1
        for detail in link.details if act else ():
            for value in filter(None, judged.get(detail.id, "").split(",")):
                press(bench, next(one.key for one in detail.options if one.id == value))
                pressed += 1
            if detail.kind == "multi" or detail.id not in judged:
                press(bench, "Return")
    assert judgements(sitting.coding) == wanted
    assert bench.strip.text == f"All {len(wanted)} cues are judged."
    assert not [one for one in bench.side.mending.first(100) if one.tier == "cues" and one.hinders]
    sitting.end()

    again = Sitting(studied, qtbot)  # as after a restart, or a crash: every judgement was saved as it was made
    assert judgements(again.coding) == wanted
    press(again.bench, "Ctrl+D", *["Ctrl+Z"] * pressed)
    assert [row[2:] for row in judgements(again.coding)] == [("", {})] * len(wanted)
    again.end()


def test_all_keys_of_the_review_are_in_the_overview() -> None:
    listed = dict(sections(LINKED, Keymap(LINKED)))["In the review of answers: Reply"]
    assert listed[:2] == [(("1",), "Fits"), (("2",), "Loosely")]
    assert listed[-1] == (("S",), "Tone: Cold")
