"""The whole report: every number that was computed is in it, on screen and on paper."""

import re
from dataclasses import replace

import pytest

from coder.model.agreement import Agreement, Estimate, Several, Status
from coder.model.disagreement import Settlement, Verdict
from coder.report import PairPart, Sample, SchemePart, statistic_words, told_in_full
from coder.report.pictures import picture, text_of, tint
from coder.report.render import report_html, report_plain
from coder.report.sessions import IN_FULL, IN_ROWS
from tests.report.invented import SCHEME, measurement, report_data, scheme_part, session_part
from tests.report.test_paper import SAMPLE
from tests.report.test_report import Page
from tests.report.test_style import palettes


@pytest.fixture(scope="module")
def sessions():
    return [session_part(seed, f"Family {seed:02}", minutes=2) for seed in range(3)]


@pytest.fixture(scope="module")
def part(sessions):
    return scheme_part(*sessions)


def words_of(parts):
    """What can be read on paper: the text and the words in the pictures."""
    text = " ".join(Page(part).text for part in parts)
    return " ".join([text, *(text_of(image) for part in parts for image in re.findall(r"<img[^>]*>", part))])


def test_no_number_that_was_computed_is_left_out(part):
    html, paper = Page(report_html(report_data(part))).text, words_of(report_plain(report_data(part)))
    for one in part.pooled:
        how = statistic_words.printed(one)
        shown = statistic_words.value(one.estimate, how).replace("\u202f", " ")
        if shown:
            assert shown in html, one.statistic
            assert shown in paper.replace("\u202f", " "), one.statistic


def test_a_statistic_that_nobody_has_named_yet_is_shown_under_its_own_name(part):
    new = Agreement(statistic="wobble", tier="cg", unit="1 s units", estimate=Estimate(value=0.4321, n=9))
    text = Page(report_html(report_data(replace(part, pooled=(*part.pooled, new))))).text
    assert "Wobble 1 s units .43 9" in text


def test_what_is_said_of_several_cells_is_said_once_below_the_table(part):
    why = "There was nothing to say."
    silent = [
        Agreement(
            statistic="negative agreement",
            tier="cg",
            code=code,
            unit="1 s units",
            estimate=Estimate(value=None, n=0, status=Status.NO_EVENTS, note=why),
        )
        for code in ("cg_face", "cg_body")
    ]
    kept = tuple(one for one in part.pooled if one.statistic != "negative agreement")
    text = Page(report_html(report_data(replace(part, pooled=(*kept, *silent))))).text
    assert text.count(why) == 1
    assert len(re.findall(r"not defined \d\)", text)) >= 2


def test_the_sample_and_the_sentences_for_a_paper_are_on_screen_and_on_paper(part):
    data = report_data(replace(part, sample=SAMPLE))
    for text in (Page(report_html(data)).text, words_of(report_plain(data)).replace("\u202f", " ")):
        assert "60 sessions coded, 12 (20 %) by two or more coders" in text
        assert "Robin, 60 main passes; Sasha, 12 reliability passes" in text
        assert "12 sessions drawn on 2026-11-22: 20 % of 60 sessions within group, seed 417." in text
        assert "For a paper’s method section" in text
        assert "was κ = ." in text
        assert "Agreement was computed with coder-workstation 0.1.0." in text
    unknown = Sample(3, 3, undrawn=3)
    text = Page(report_html(report_data(replace(part, sample=unknown)))).text
    assert "How 3 double-coded sessions came to be chosen is not recorded in this study." in text
    assert "What the coders could see of each other is not recorded in this study." in text


def test_pairs_consensus_and_several_coders_have_tables(part):
    pairs = (PairPart("Robin", "Sasha", 3, part.pooled), PairPart("Robin", "Kim", 2, part.pooled))
    together = Agreement(statistic="alpha", tier="cg", unit="1 s units", estimate=Estimate(value=0.777, n=360))
    matrix = ((None, Estimate(value=0.611, n=9)), (Estimate(value=0.611, n=9), None))
    several = Several("cg", ("Robin", "Kim"), 2, (together,), "time-unit kappa", matrix)
    against = (PairPart("", "Kim", 2, part.pooled),)
    whole = replace(part, by_pair=pairs, several=(several,), against=against)
    text = Page(report_html(report_data(whole))).text
    assert "Robin and Kim 2 sessions" in text
    assert "Against the consensus" in text
    assert "and is no independent measure of accuracy" in text
    assert "Child’s gaze 1 s units 360 .78" in text
    assert "Robin – .61" in text
    assert report_plain(report_data(whole))


def test_what_was_settled_stands_beside_the_difference(sessions):
    one = sessions[0]
    about = one.disagreements[0]
    settled = Settlement("x", "a", "b", about, Verdict.B, "a family’s secret", "someone", "2026-11-23")
    text = Page(report_html(report_data(scheme_part(replace(one, settled={about.key: settled}))))).text
    assert "Sasha is right" in text
    assert "not yet" in text
    assert "Settled: 1 of" in text
    assert "secret" not in text  # notes are for the meeting


def test_of_many_sessions_those_with_most_in_dispute_are_told_in_full_and_the_rest_is_counted(sessions):
    assert told_in_full([5, 1, 9]) == {0, 1, 2}
    assert told_in_full([*range(100)]) == {*range(100 - IN_FULL, 100)}
    many = [replace(sessions[at % 3], in_full=at < IN_FULL) for at in range(IN_ROWS + 7)]
    data = report_data(SchemePart(SCHEME, tuple(many), scheme_part(*sessions).pooled))
    html = report_html(data)
    text = Page(html).text
    assert len(re.findall(r'<h3 id="[^"]*">Session ', html)) == IN_FULL
    assert f"Of {len(many)} comparisons" in text
    assert "7 comparisons with less in dispute are left out here" in text
    assert len(report_plain(data)) == IN_FULL + 2


def test_on_paper_every_figure_is_a_picture_and_nothing_comes_from_outside(part, sessions):
    data = report_data(part, measurements=(measurement(sessions[0].session),))
    parts = report_plain(data)
    assert len(parts) == len(sessions) + 2
    for text in parts:
        assert "<svg" not in text
        assert "http" not in text
        assert set(re.findall(r'src="([^,]*),', text)) <= {"data:image/svg+xml;base64"}
        Page(text)
    assert "Child’s gaze" in words_of(parts)


def test_a_picture_has_its_size_and_needs_one():
    made = picture(
        '<svg viewBox="0 0 760 190.0" role="img"><title>T</title><text x="0">one &amp; two</text></svg>'
    )
    assert 'width="640" height="160"' in made
    assert text_of(made) == "one & two"
    with pytest.raises(ValueError, match="viewBox"):
        picture("<svg></svg>")
    assert tint(0, agreed=True) == tint(0, agreed=False) == "#f2f1ed"
    assert tint(1, agreed=True) != tint(1, agreed=False)


def test_the_colours_of_print_are_those_of_the_browsers_page():
    assert tint(0, agreed=True) == "#{:02x}{:02x}{:02x}".format(*palettes()["print"]["panel"])
