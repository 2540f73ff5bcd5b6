"""Two files of events without a study: which scheme they have, which window, and what is said about it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.model.agreement import Agreement
from coder.model.disagreement import DisagreementKind
from coder.model.problem import CoderError
from coder.model.scheme import TierKind
from coder.model.statistic import BIAS, F1, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US, Span
from coder.settings.shipped import shipped
from coder.workflows.file_comparison import FileComparison, compare_files

SAMPLES = shipped("sample_media")
MASTER = SAMPLES / "first-practice.gaze-near.master.csv"
HASTY = SAMPLES / "passes" / "first-practice.gaze-near.hasty.csv"

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file of rows."""

    def made(name: str, rows: str) -> Path:
        file = tmp_path / name
        file.write_text(rows, encoding="utf-8")
        return file

    return made


def the(found: FileComparison, statistic: str, tier: str) -> Agreement:
    (one,) = [one for one in found.agreements if (one.statistic, one.tier, one.code) == (statistic, tier, None)]
    return one


def test_the_installed_scheme_with_all_their_codes_is_found_and_named() -> None:
    found = compare_files(MASTER, HASTY)
    assert found.scheme.id.name == "gaze-near"
    assert found.remarks[0] == (
        "The scheme is “Who Looks Where, How Near” 1.1, which is installed and has all tiers and codes of both "
        "files."
    )
    assert found.differences
    assert {one.tier for one in found.curves} <= {tier.id for tier in found.scheme.tiers}


def test_a_scheme_that_is_named_is_taken_and_nothing_is_said() -> None:
    found = compare_files(MASTER, HASTY, "gaze-near", Span(0, 60 * SECOND_US))
    assert (found.scheme.id.name, found.window, found.remarks) == ("gaze-near", Span(0, 60 * SECOND_US), ())


def test_the_window_is_from_0_to_the_last_offset_of_either_and_this_is_said(write: Write) -> None:
    a = write("a.csv", "tier,code,onset,offset\nplay,ball,0,4\n")
    b = write("b.csv", "tier,code,onset,offset\nplay,ball,1,6.5\n")
    found = compare_files(a, b)
    assert found.window == Span(0, 6_500_000)
    assert "taken to be 00:00:00.000 to 00:00:06.500" in found.remarks[-1]


def test_a_moment_at_the_very_end_is_still_compared(write: Write) -> None:
    a, b = (write(name, "code,onset\nlook,1\nlook,9\n") for name in ("a.csv", "b.csv"))
    assert the(compare_files(a, b), F1, "moments").estimate.value == 1.0


def test_what_lies_outside_a_given_window_is_counted_and_left_out(write: Write) -> None:
    a = write("a.csv", "code,onset\nlook,1\nlook,9\nlook,12\n")
    b = write("b.csv", "code,onset\nlook,1\n")
    found = compare_files(a, b, window=Span(0, 5 * SECOND_US))
    assert the(found, F1, "moments").estimate.value == 1.0
    assert found.remarks[-1] == "a.csv: 2 events outside the window are not compared."


def test_a_state_that_reaches_into_the_window_is_not_outside(write: Write) -> None:
    a = write("a.csv", "tier,code,onset,offset\nplay,ball,0,4\nplay,ball,4.5,9\nplay,ball,9,10\n")
    b = write("b.csv", "tier,code,onset,offset\nplay,ball,3,7\n")
    found = compare_files(a, b, window=Span(3 * SECOND_US, 8 * SECOND_US))
    assert found.remarks[-1] == "a.csv: 1 event outside the window is not compared."
    assert found.remarks[:-1] == compare_files(a, b, window=Span(0, 10 * SECOND_US)).remarks


def test_a_scheme_is_inferred_from_the_files_and_it_is_said_how(write: Write) -> None:
    a = write(
        "a.csv",
        "tier,code,onset,offset,modifiers\n"
        "play,ball,0,4,\nplay,book,4,8,\n"
        "voice,low,0,5,\nvoice,loud,3,6,\n"
        "bids,point,2,,with=hand\n",
    )
    b = write(
        "b.csv", "tier,code,onset,offset,modifiers\nplay,ball,0,5,\nplay,book,5,8,\nbids,point,2.5,,with=foot\n"
    )
    found = compare_files(a, b)
    tiers = {tier.id: (tier.kind, tier.exclusive) for tier in found.scheme.tiers}
    assert tiers == {
        "play": (TierKind.STATE, True),
        "voice": (TierKind.STATE, False),
        "bids": (TierKind.POINT, False),
    }
    assert found.remarks[:2] == (
        "No installed scheme has all tiers and codes, so those of the files are taken as they occur: play "
        "(states, one at a time), voice (states that may overlap), bids (moments).",
        "Codes that nobody used are unknown; --scheme names the scheme.",
    )
    assert the(found, TIME_UNIT_KAPPA, "play").confusion is not None
    assert the(found, BIAS, "bids").estimate.value == pytest.approx(0.5)
    kinds = {one.kind for one in found.differences}
    assert {DisagreementKind.LATE, DisagreementKind.MODIFIER} <= kinds


def test_ratings_are_known_by_their_detail(write: Write) -> None:
    rows = "tier,code,onset,offset,modifiers\nwarmth,smiles,0,60,rating={}\nwarmth,talks,0,60,rating={}\n"
    a, b = write("a.csv", rows.format(3, 5)), write("b.csv", rows.format(2, 5))
    found = compare_files(a, b)
    assert [tier.kind for tier in found.scheme.tiers] == [TierKind.RATING]
    assert [(one.kind, one.apart) for one in found.differences] == [(DisagreementKind.RATING, -1)]


def test_codes_without_a_tier_are_states_if_they_last_and_moments_if_not(write: Write) -> None:
    a = write("a.csv", "code,onset,offset\nhold,0,3\nwave,1,\n")
    b = write("b.csv", "code,onset,offset\nhold,0,2\nwave,1.2,\n")
    assert {tier.id: tier.kind for tier in compare_files(a, b).scheme.tiers} == {
        "states": TierKind.STATE,
        "moments": TierKind.POINT,
    }


def test_files_that_state_a_scheme_which_is_not_installed_are_compared_under_its_name(write: Write) -> None:
    rows = "scheme,scheme_version,scheme_sha256,code,onset\nours,2.1,abc,wave,{}\n"
    found = compare_files(write("a.csv", rows.format(1)), write("b.csv", rows.format(1.5)))
    assert (found.scheme.id.name, found.scheme.id.version) == ("ours", "2.1")
    assert found.remarks[0].startswith("The scheme ours 2.1 (abc) is not installed")


def test_files_of_different_versions_are_not_compared(write: Write) -> None:
    rows = "scheme,scheme_version,code,onset\nours,{},wave,1\n"
    with pytest.raises(CoderError, match=r"b\.csv.*The events were coded with “2\.2”, and here is “2\.1”"):
        compare_files(write("a.csv", rows.format("2.1")), write("b.csv", rows.format("2.2")))


def test_one_empty_file_is_compared_and_two_are_not(write: Write) -> None:
    heading = "tier,code,onset,offset\n"
    a, empty = write("a.csv", f"{heading}bids,wave,1,1\n"), write("empty.csv", heading)
    assert the(compare_files(a, empty), F1, "bids").estimate.value == 0.0
    with pytest.raises(CoderError, match="Neither file holds an event"):
        compare_files(empty, empty)


def test_every_mistake_of_a_file_is_told_with_its_place(write: Write) -> None:
    a = write("a.csv", "tier,code,onset,offset\nbids,wave,1,1\nbids,wave,never,1\nbids,,2,2\n")
    with pytest.raises(CoderError) as told:
        compare_files(a, a)
    assert [problem.where for problem in told.value.problems] == [
        "a.csv: row 3, column onset",
        "a.csv: row 4, column code",
    ]
    with pytest.raises(CoderError, match="no such file"):
        compare_files(a, a.with_name("gone.csv"))
    with pytest.raises(CoderError, match="no column “code”"):
        compare_files(write("odd.csv", "what,when\nwave,1\n"), a)


def test_answers_need_the_scheme_that_knows_what_may_answer(write: Write) -> None:
    rows = "tier,code,onset,answer\ncues,cry,1,acts/hug@2\nacts,hug,2,\n"
    with pytest.raises(CoderError, match="Name the scheme with --scheme"):
        compare_files(write("a.csv", rows), write("b.csv", rows))


def test_the_same_file_twice_agrees_in_everything() -> None:
    found = compare_files(MASTER, MASTER)
    assert found.differences == ()
    kappas = [
        one.estimate.value for one in found.agreements if one.statistic == TIME_UNIT_KAPPA and one.code is None
    ]
    assert {value for value in kappas if value is not None} == {1.0}


def test_a_file_beside_itself_is_told() -> None:
    said = "A and B are one and the same file; agreement takes the files of two coders."
    assert said in compare_files(MASTER, MASTER).remarks
    assert said not in compare_files(MASTER, HASTY).remarks
