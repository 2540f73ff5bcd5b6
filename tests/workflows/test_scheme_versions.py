"""A scheme in use is frozen, an edit is a new version, and a pass comes to it by a reviewed plan."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlcipher3 import dbapi2

from coder.formats import parse_scheme
from coder.model.coding import CodingPass, PassHeader, PassStatus
from coder.model.problem import CodingError, SchemeError, StoreError
from coder.model.recoding import Recoding
from coder.model.scheme import SchemeId
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.comparison import compare_study
from coder.workflows.moving import move_pass, plan_move, preview, version_to
from coder.workflows.passes import add_coder, begin_pass, findings, submit_pass
from coder.workflows.scheme_versions import adopt, changed_since, newer_versions, newest, versions
from coder.workflows.schemes import frozen_scheme, installed_remark, scheme_for
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study, open_study, overview
from tests.store.raw import raw
from tests.workflows.versions import CALM, GLAD, PLAY, SAD, changed, drawn, letters, rated, with_details

FILM = shipped("sample_media") / "dyad-first.mp4"
WINDOW = Span(0, 8 * SECOND_US)
NO_SAD = changed(
    "1.1", ('[[tiers.codes]]\nid = "sad"\nlabel = "Sad"\nkey = "3"\ndefinition = "The child cries."\n\n', "")
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        add_session(opened, FILM, "first", window=WINDOW)
        add_coder(opened, "Kim")
        add_coder(opened, "Lou")
        adopt(opened, PLAY)
        yield opened


def coded(store: StudyStore, coding: CodingPass, who: int = 0, purpose: Purpose = Purpose.MAIN) -> PassHeader:
    """A pass of these events in the study, as that coder's."""
    (session,), coder = store.sessions(), store.coders()[who]
    scheme = parse_scheme(PLAY, "play.toml").id
    header = PassHeader(str(uuid4()), session.id, scheme, coder.id, purpose, WINDOW)
    store.add_coded_pass(header, "Drawn", coding, submitted=False)
    return header


def settled(plan: Recoding) -> Recoding:
    """The plan with everything confirmed that only waits for that."""
    for step in plan.unsettled:
        plan = plan.confirmed(step.old) if step.decided else plan
    return plan


def rows_of(folder: Path, pass_id: str) -> list[tuple[object, ...]]:
    """Every byte that a closed study keeps of a pass: its row with the head hash, its events, its journal."""
    queries = (
        "SELECT * FROM coding_pass WHERE id = ?",
        "SELECT * FROM event WHERE pass_id = ? ORDER BY id",
        "SELECT * FROM edit WHERE pass_id = ? ORDER BY n",
    )
    with raw(folder) as file:
        return [row for query in queries for row in file.execute(query, (pass_id,))]


# Taking in


def test_new_passes_are_made_with_the_newest_version_and_old_ones_keep_theirs(store: StudyStore) -> None:
    (session,), (kim, lou) = store.sessions(), store.coders()
    old = begin_pass(store, session.id, kim.id, "play")
    for number in ("1.9", "1.10"):
        adopt(store, changed(number))
    new = begin_pass(store, session.id, lou.id, "play")
    assert (old.scheme.version, new.scheme.version) == ("1.0", "1.10")
    assert store.header(old.id).scheme.version == "1.0"
    assert frozen_scheme(store, old.scheme).id == old.scheme
    assert [one.version for one in versions(store, "play")] == ["1.0", "1.9", "1.10"]
    assert [one.version for one in newer_versions(store, old.scheme)] == ["1.9", "1.10"]
    assert newest(store, "shared-play") is None


def test_the_same_version_with_another_text_is_refused_and_says_what_to_do(store: StudyStore) -> None:
    adopt(store, NO_SAD)
    with pytest.raises(SchemeError, match=r"already has “Play” version 1\.0 with another text.*such as 1\.2"):
        adopt(store, PLAY + "\n")
    assert len(store.schemes()) == 2


def test_1_and_1_0_cannot_be_two_versions(store: StudyStore) -> None:
    with pytest.raises(SchemeError, match="already has “Play” version 1 with another text"):
        adopt(store, changed("1"))


def test_an_older_version_is_told(store: StudyStore) -> None:
    adopt(store, NO_SAD)
    with pytest.raises(SchemeError, match=r"“Play” version 0\.9 is older than version 1\.1.*such as 1\.2"):
        adopt(store, changed("0.9"))
    with pytest.raises(SchemeError, match=r"“Play” version 1\.0 is older than version 1\.1"):
        adopt(store, PLAY)
    assert scheme_for(store, "play").id.version == "1.1"


def test_the_newest_version_again_does_nothing(store: StudyStore, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xef\xbb\xbf" + NO_SAD.encode())
    assert adopt(store, file).id == adopt(store, NO_SAD).id
    assert len(store.schemes()) == 2


def test_a_text_with_mistakes_is_not_taken_in(store: StudyStore) -> None:
    with pytest.raises(SchemeError, match=r"scheme\.toml"):
        adopt(store, changed("1.1", ('label = "Mood"', "")))
    assert len(store.schemes()) == 1


def test_nothing_can_change_a_frozen_scheme(store: StudyStore) -> None:
    identity = store.schemes()[0]
    other = parse_scheme(PLAY + "\n", "play.toml").id
    with pytest.raises(StoreError, match="another text"):
        store.add_scheme(other, PLAY + "\n")
    with pytest.raises(StoreError, match="not the one it was named after"):
        store.add_scheme(identity, PLAY + "\n")
    assert store.scheme_text(identity) == PLAY
    assert store.check() == ()
    store.close()
    with raw(store.folder) as file:
        for change in ("UPDATE scheme SET text = ''", "UPDATE scheme SET version = '9'", "DELETE FROM scheme"):
            with pytest.raises(dbapi2.DatabaseError, match="append-only"):
                file.execute(change)


def test_an_update_of_the_program_that_changed_a_text_is_told(store: StudyStore) -> None:
    assert changed_since(store, parse_scheme(PLAY, "play.toml")) == ""
    assert changed_since(store, parse_scheme(NO_SAD, "play.toml")) == ""
    updated = parse_scheme(PLAY + "\n", "play.toml")
    assert "keeps “Play” version 1.0 as it was" in changed_since(store, updated)
    (session,), (kim, _) = store.sessions(), store.coders()
    assert begin_pass(store, session.id, kim.id, "play").scheme != updated.id


# Moving


def test_the_old_pass_stays_as_it_is_to_the_byte(store: StudyStore) -> None:
    old, adopted = coded(store, drawn("ggccccgg")), adopt(store, NO_SAD)
    store.submit(old.id, actor=old.coder_id)
    store.close()
    before = rows_of(store.folder, old.id)
    assert len(before) == 1 + 3 + 2
    with open_study(store.folder) as again:
        moved = move_pass(again, old.id, adopted.id, plan_move(again, old.id, adopted.id))
    assert rows_of(store.folder, old.id) == before
    assert len(rows_of(store.folder, moved.header.id)) == 1 + 3 + 1


def test_a_moved_pass_is_a_new_one_with_everything_in_it(store: StudyStore) -> None:
    coding = with_details(drawn("ggccssgg", "CT  Ct  "), "C0", outcome="fits", answer="T1")
    coding = rated(with_details(coding, "C4", outcome="fits", answer="t5"), "4", "He hums.")
    old, adopted = coded(store, coding), adopt(store, NO_SAD)
    store.add_viewing(old.id, WINDOW, actor=old.coder_id)
    store.submit(old.id, actor=old.coder_id)
    plan = plan_move(store, old.id, adopted.id).chosen(SAD, CALM, confirmed=True)
    moved = move_pass(store, old.id, adopted.id, plan)
    made = store.load_pass(moved.header.id)
    assert made.header == replace(
        old, id=moved.header.id, scheme=adopted.id, status=PassStatus.OPEN, made_from=(old.id,)
    )
    assert letters(made, "mood", tuple(made)) == "ggccccgg"
    assert (moved.moved, moved.left_out, moved.joined) == (len(coding), 0, 1)
    by_id = {event.id: event for event in made}
    assert {(cue.onset_us, by_id[cue.answer].code) for cue in made.row("calls")} == {
        (0, "touch"),
        (4 * SECOND_US, "talk"),
    }
    assert not set(by_id) & {event.id for event in coding}
    (rating,) = made.row("warmth")
    assert (rating.note, rating.moments) == ("He hums.", (Span(0, 4 * SECOND_US),))
    assert store.viewings(moved.header.id) == store.viewings(old.id) != ()
    (edit,) = store.edits(moved.header.id)
    assert edit.label == "Moved from “Play” 1.0 to 1.1: “Sad” became “Calm” (1 event)"
    assert store.check() == ()


def test_nothing_is_done_while_something_is_undecided_and_everything_is_listed(store: StudyStore) -> None:
    old = coded(store, drawn("ggccssgg"))
    text = NO_SAD.replace("The child smiles.", "The child smiles or laughs.")
    adopted = adopt(store, text)
    with pytest.raises(CodingError) as refused:
        move_pass(store, old.id, adopted.id, plan_move(store, old.id, adopted.id))
    assert [problem.what for problem in refused.value.problems] == [
        "Nobody has confirmed what changed about “Glad”.",
        "It is not decided what becomes of “Sad”.",
    ]
    assert len(store.passes()) == 1


def test_overlaps_that_a_plan_would_make_are_found_before_with_their_places(store: StudyStore) -> None:
    text = changed(
        "1.1",
        ('id = "floor"\nlabel = "On the floor"', 'id = "bench"\nlabel = "Somewhere else"'),
        ("Sits on the floor.", "Sits on a bench."),
    )
    adopted = adopt(store, text)
    old = coded(store, drawn("ggcccccc", "  LLFFFF"))
    plan = settled(plan_move(store, old.id, adopted.id))
    (floor,) = plan.unsettled
    assert floor.old.code == "floor"
    plan = plan.chosen(floor.old, CALM, confirmed=True)
    told = preview(store.load_pass(old.id), plan)
    assert {(problem.where, problem.what) for problem in told.problems} == {
        ("00:00:02.000", "“Calm” would overlap another event of “Mood”."),
        ("00:00:04.000", "“Calm” would overlap another event of “Mood”."),
    }
    with pytest.raises(CodingError, match=r"00:00:04\.000"):
        move_pass(store, old.id, adopted.id, plan)
    assert len(store.passes()) == 1
    assert not preview(store.load_pass(old.id), plan.chosen(floor.old, None)).problems


def test_what_was_wrong_before_does_not_keep_a_pass_from_its_new_version(store: StudyStore) -> None:
    coding = drawn("ggcccccc", "CT C    ")
    glad = coding.row("mood")[0]
    coding = CodingPass.of(coding.header, [*coding, replace(glad, id="twice")])
    for cue in ("C0", "C3"):
        coding = with_details(coding, cue, outcome="fits", answer="T1")
    old, adopted = coded(store, coding), adopt(store, NO_SAD)
    moved = move_pass(store, old.id, adopted.id, plan_move(store, old.id, adopted.id))
    assert moved.moved == len(coding)
    assert any("overlaps" in finding.problem.what for finding in findings(store, moved.header.id))


def test_several_values_in_one_place_are_told_with_their_time(store: StudyStore) -> None:
    adopted = adopt(store, changed("1.1", ('"With what"\nkind = "multi"', '"With what"\nkind = "single"')))
    old = coded(store, with_details(drawn("ccggcccc"), "g2", **{"with": "hand,toy"}))
    plan = plan_move(store, old.id, adopted.id).confirmed(GLAD)
    (problem,) = preview(store.load_pass(old.id), plan).problems
    assert (problem.where, problem.what) == (
        "00:00:02.000",
        "“Glad” would have two values of a detail that can have one.",
    )


def test_a_second_pass_of_a_kind_is_refused(store: StudyStore) -> None:
    old = coded(store, drawn("gggggggg"))
    adopted = adopt(store, NO_SAD)
    plan = plan_move(store, old.id, adopted.id)
    move_pass(store, old.id, adopted.id, plan)
    with pytest.raises(CodingError, match="Kim already has a main pass"):
        move_pass(store, old.id, adopted.id, plan)
    assert len(store.passes()) == 2


def test_a_pass_that_was_edited_after_its_review_is_reviewed_again(store: StudyStore) -> None:
    old = coded(store, drawn("gggggggg"))
    adopted = adopt(store, NO_SAD)
    plan = propose_for_empty(store, adopted.id)
    with pytest.raises(CodingError, match="changed after this review was begun"):
        move_pass(store, old.id, adopted.id, plan)


def propose_for_empty(store: StudyStore, to: SchemeId) -> Recoding:
    """A plan made for a pass that had nothing in it."""
    return plan_move(store, coded(store, drawn("        "), who=1).id, to)


def test_a_pass_moves_only_to_a_newer_version_of_its_scheme(store: StudyStore) -> None:
    old = coded(store, drawn("gggggggg"))
    with pytest.raises(CodingError, match=r"no version of “Play” that is newer than 1\.0"):
        version_to(store, old.id)
    adopt(store, NO_SAD)
    adopt(store, changed("2.0"))
    assert version_to(store, old.id).version == "2.0"
    assert version_to(store, old.id, "1.1").version == "1.1"
    with pytest.raises(CodingError, match=r"Newer versions in this study: 1\.1, 2\.0\."):
        version_to(store, old.id, "3.0")


# What is said about it


def test_passes_of_different_versions_are_not_compared_and_it_is_said_why(store: StudyStore) -> None:
    kim = coded(store, rated(drawn("ggccccgg"), "4"))
    lou = coded(store, rated(drawn("gggcccgg"), "3"), who=1, purpose=Purpose.RELIABILITY)
    adopted = adopt(store, NO_SAD)
    moved = move_pass(store, lou.id, adopted.id, plan_move(store, lou.id, adopted.id))
    for one in (kim, moved.header):
        submit_pass(store, one.id)
    told = compare_study(store)
    assert not told.pairs
    assert tuple(map(str, told.waiting)) == (
        "first: Kim’s pass is made with “Play” 1.0 and Lou’s with 1.1; only passes made with the same version are "
        "compared. Move the older one to version 1.1 to compare them.",
        "first: Lou’s pass with “play” 1.1 was moved from version 1.0; its journal says how.",
    )


def test_the_study_tells_what_a_pass_was_made_from_and_which_version_is_newer(store: StudyStore) -> None:
    old = coded(store, drawn("gggggggg"))
    adopted = adopt(store, NO_SAD)
    move_pass(store, old.id, adopted.id, plan_move(store, old.id, adopted.id))
    ((first, second),) = (row.passes for row in overview(store).sessions)
    assert (first.version, first.newer, first.origin) == ("1.0", "1.1", "")
    assert (second.version, second.newer, second.moved_from, second.origin) == (
        "1.1",
        "",
        "1.0",
        "moved from version 1.0",
    )


def test_whoever_begins_a_pass_is_told_of_another_text_or_a_newer_version_that_is_installed(
    store: StudyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "data" / "schemes"
    monkeypatch.setenv("CODER_DATA_DIR", str(tmp_path / "data"))
    assert installed_remark(store, "play") == ""
    own.mkdir(parents=True)
    (own / "play.toml").write_text(PLAY, "utf-8")
    assert installed_remark(store, "play") == ""
    (own / "play.toml").write_text(PLAY + "\n", "utf-8")
    assert "keeps “Play” version 1.0 as it was when it was first used here" in installed_remark(store, "play")
    (own / "newer.toml").write_text(NO_SAD, "utf-8")
    assert "Version 1.1 of “Play” is installed; this study goes on with version 1.0" in installed_remark(
        store, "play"
    )
    adopt(store, own / "newer.toml")
    assert installed_remark(store, "play") == ""
