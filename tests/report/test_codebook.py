"""The codebook: everything a scheme says is in it, in both forms, and nothing reaches outside."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coder.formats import read_scheme, schemes
from coder.model.scheme import Evidence, Scheme, Target
from coder.model.translation import texts
from coder.report.codebook import Example, Made, Still, Tones, codebook_html, codebook_plain
from coder.report.codebook_rules import computed_from, computed_within, evidence
from coder.report.codebook_words import kind, length, number, target
from coder.settings.shipped import shipped

MADE = Made("coder 0.0", ("A remark.",))
ALL = [read_scheme(path) for path in schemes(shipped("schemes"))]
PICTURE = b"\xff\xd8picture"
SHOWN = Example(
    "cg",
    "cg_face",
    "Sample film first-practice, 00:00:02.560",
    tuple(Still(label, 480, 270, PICTURE) for label in ("First frame", "Middle", "Last frame")),
    b"clip",
)


class Reader(HTMLParser):
    """What is read on a page, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.feed(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.anchors += [one for one in (found.get("id"), found.get("name")) if one and tag != "meta"]
        self.links += [link for link in (found.get("href"),) if link]
        self.addresses += [link for link in (found.get("src"), found.get("poster")) if link]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def forms(scheme: Scheme, *examples: Example) -> tuple[str, str]:
    return codebook_html(scheme, examples, MADE), codebook_plain(scheme, examples, MADE)


@pytest.mark.parametrize("scheme", ALL, ids=lambda scheme: scheme.id.name)
def test_every_word_of_the_scheme_is_in_both_forms(scheme: Scheme) -> None:
    for page in forms(scheme):
        read = Reader(page).text
        missing = [place for place, text in texts(scheme).items() if text not in read]
        # what cannot be rated, and where it is said that it can be, are whole sentences
        assert [place for place in missing if not place.endswith(".scale.na")] == []
        for _, code in scheme.codes():
            assert not code.key or code.key.upper() in read
        assert scheme.id.sha256 in read
        assert scheme.licence in read
        assert "A remark." in read


@pytest.mark.parametrize("scheme", ALL, ids=lambda scheme: scheme.id.name)
def test_nothing_is_fetched_and_every_link_leads_somewhere(scheme: Scheme) -> None:
    for page in forms(scheme, SHOWN):
        found = Reader(page)
        assert found.links
        assert [link for link in found.links if link.removeprefix("#") not in found.anchors] == []
        assert len(found.anchors) == len(set(found.anchors))
        assert all(link.startswith("data:") for link in found.addresses)
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", "")


def test_pictures_stand_with_their_code_and_clips_only_where_they_can_play() -> None:
    scheme = next(one for one in ALL if one.id.name == "gaze-near")
    web, plain = forms(scheme, SHOWN)
    assert web.count("<img") == plain.count("<img") == 3
    assert (web.count("<video"), plain.count("<video")) == (1, 0)
    article = web[web.index('id="cg-cg_face"') : web.index('id="cg-cg_body"')]
    assert article.count("<img") == 3
    assert "Sample film first-practice" in article
    for page in forms(scheme):
        assert "<figure" not in page
        assert "<img" not in page
        assert "sample films" not in page, "who shows no pictures says nothing of them"


def test_what_a_scheme_says_is_text_and_never_a_tag() -> None:
    scheme = ALL[0]
    wild = replace(scheme, title="<b>&")
    for page in forms(wild):
        assert "<b>&" not in page
        assert "&lt;b&gt;&amp;" in page


def test_the_plain_form_takes_the_colours_of_a_dark_window() -> None:
    page = codebook_plain(
        ALL[0], (), MADE, tones=Tones("#aaaaaa", "#333333", "#222222", "#66cccc"), contents=False
    )
    assert "#aaaaaa" in page
    assert Tones().quiet not in page
    assert "page-break" not in page, "a window has no pages"


@pytest.mark.parametrize(
    ("us", "words"),
    [
        (300_000, "300 ms"),
        (2_500_000, "2.5 s"),
        (45_000_000, "45 s"),
        (300_000_000, "5 min"),
        (90_000_000, "90 s"),
    ],
)
def test_lengths_are_told_as_the_scheme_has_them(us: int, words: str) -> None:
    assert length(us) == words


def test_numbers_are_never_rounded() -> None:
    assert (number(0.85), number(0.7), number(1.0)) == ("0.85", "0.7", "1")


def test_tiers_are_told_in_words() -> None:
    by_id = {tier.id: tier for scheme in ALL for tier in scheme.tiers}
    assert kind(by_id["cg"]) == "One code at a time, without gaps"
    assert kind(by_id["cues"]) == "Moments: each begins and has no length"
    assert kind(by_id["segment"]) == "Rated from 1 to 7"


def test_targets_are_told_in_words() -> None:
    assert target(Target("time-unit kappa", 0.7, 0.6, 500_000)) == (
        "Kappa over units of time, units of 500 ms: 0.7 or more. Below 0.6 something must be done."
    )
    assert target(Target("F1", 0.75, tolerance_us=1_000_000, min_events=10)) == (
        "F1 (moments found by both coders), up to 1 s apart: 0.75 or more. "
        "With fewer than 10 events nothing is said."
    )


def test_evidence_is_told_in_words() -> None:
    assert evidence(Evidence("child_toward", "on", 0.4, "event", 0.5, "medium")) == (
        "“Child’s head turned to the parent” is on in 40 % of the frames or more. It needs 50 % of the frames in "
        "which this can be measured. It can say something about this code."
    )
    around = evidence(Evidence("child_motion", "rises", 0.2, "around", 0.5, "none", around_us=1_500_000))
    assert "rises, by 20 % of its range" in around
    assert "from 1.5 s before the onset to 1.5 s after it" in around
    assert "never counted" in around


def test_measures_name_what_they_are_computed_from() -> None:
    scheme = next(one for one in ALL if one.id.name == "gaze-near")
    mutual = next(one for one in scheme.derived if one.id == "mutual_face")
    assert computed_from(mutual, scheme) == "“Parent’s face”; “Child’s face”"
    assert computed_within(mutual, scheme) == ""
    facing = next(one for one in ALL if one.id.name == "face-to-face")
    share = next(one for one in facing.derived if one.id == "phase_share")
    assert computed_within(share, facing).count("“") == 3


def test_a_page_says_which_words_it_was_made_with(tmp_path: Path) -> None:
    page = Reader(codebook_html(ALL[0], (), Made("coder 9.9"))).text
    assert "Made with coder 9.9." in page
