"""The report as a reader, a screen reader and a printer meet it."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from coder.model.problem import CoderError
from coder.model.track import Coverage
from coder.report import render_report
from coder.report.render import report_html
from tests.reliability.drawn import SCHEME as DRAWN
from tests.reliability.drawn import a_pass
from tests.report.invented import SCHEME, measurement, passes_part, report_data, scheme_part, session_part

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Checks that every element is closed where it should be and keeps what the tests ask for."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.words = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split()).replace("\u202f", " ")


@pytest.fixture(scope="module")
def part():
    return session_part(11, "Family 07", minutes=3)


@pytest.fixture(scope="module")
def html(part):
    waiting = ("Family 08: Sasha’s pass is not submitted yet.",)
    return report_html(report_data(scheme_part(part), measurements=(measurement(part.session),), waiting=waiting))


def drawn(**rows):
    """A report of two drawn passes: drawn(look=("pptt", "ppta"))."""
    a, b = (a_pass(who, **{tier: pair[place] for tier, pair in rows.items()}) for place, who in enumerate("ab"))
    return report_data(scheme_part(passes_part(a, b, DRAWN), scheme=DRAWN))


def printed(value):
    return f"{value:.2f}".removeprefix("0")


def test_needs_nothing_from_outside(html):
    assert "http:" not in html
    assert "https:" not in html
    assert "<script" not in html
    page = Page(html)
    assert not {tag for tag, _ in page.seen} & {"link", "img", "iframe", "object", "script", "base"}
    assert all(not {"src", "srcset", "xlink:href"} & attrs.keys() for _, attrs in page.seen)
    assert set(re.findall(r"url\(([^)]*)\)", html)) == {"#hatch"}


def test_headings_are_in_order_and_tables_are_named(html):
    page = Page(html)
    levels = [int(tag[1]) for tag, _ in page.seen if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip([0, *levels], levels, strict=False))
    assert all(attrs.get("scope") for tag, attrs in page.seen if tag == "th")
    tags = [tag for tag, _ in page.seen]
    assert tags.count("caption") == tags.count("table") > 5
    pictures = [
        place for place, (tag, attrs) in enumerate(page.seen) if tag == "svg" and attrs.get("role") == "img"
    ]
    assert len(pictures) == 3  # targets, timeline, signals
    assert all(page.seen[place + 1][0] == "title" for place in pictures)
    assert all(attrs.get("aria-hidden") or attrs.get("role") for tag, attrs in page.seen if tag == "svg")
    names = [attrs["aria-labelledby"] for _, attrs in page.seen if "aria-labelledby" in attrs]
    ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
    assert set(names) <= set(ids)
    assert len(ids) == len(set(ids))


def test_prints_the_numbers_of_the_agreements(html, part):
    text = Page(html).text
    shown = {"time-unit kappa", "event kappa", "estimated accuracy", "specific agreement", "F1"}
    for one in part.agreements:
        found = one.estimate
        if one.statistic in shown and found.value is not None:
            assert printed(found.value) in text
            if found.low is not None:
                assert f"{printed(found.low)}–{printed(found.high)}" in text
    first = next(one for one in part.agreements if one.statistic == "time-unit kappa")
    assert (
        f"kappa {printed(first.estimate.value)} (approximate 95 % interval "
        f"{printed(first.estimate.low)}–{printed(first.estimate.high)})" in text
    )
    for row in first.confusion.table:
        for count in row:
            assert f">{count}</td>" in html


def test_names_scheme_coders_sessions_models_and_what_is_waiting(html, part):
    text = Page(html).text
    for wanted in (
        "Winter playroom",
        "22 November 2026, 12:30 UTC",
        "coder-workstation 0.1.0",
        "gaze-near 1.0",
        "9f2b6c1e" * 8,
        "Family 07: Robin (A), Sasha (B)",
        "Family 08: Sasha’s pass is not submitted yet.",
        "face_landmarker_full_range.task",
        "cd" * 32,
        "9 000, 3 dropped",
        "Evidence on where both heads point was available for 61 % of it.",
        "Looking at each other’s face",
    ):
        assert wanted in text
    longest = max(part.disagreements, key=lambda one: one.span.duration_us)
    assert f"{longest.span.duration_us / 1e6:.1f} s" in text


def test_nothing_undefined_is_printed_as_a_number():
    html = report_html(drawn(look=("pppppppp", "pppppppp"), cues=("........", "........"), body=("kkkk....", "")))
    text = Page(html).text
    assert not re.search(r"\b(nan|NaN|inf|None)\b", text)
    assert (
        "no kappa. Both coders used one and the same code throughout: there was nothing to disagree about." in text
    )
    assert "They agree in 100 % of the time." in text
    assert "no F1. Neither coder has anything here that could be compared." in text
    assert "Neither coder used this code." in text
    assert "Nowhere: the two passes say the same" not in text  # the body tier differs


def test_agreement_everywhere_is_said():
    assert "Nowhere: the two passes say the same" in Page(report_html(drawn(look=("pptt", "pptt")))).text


def test_passes_that_cannot_be_compared_say_why():
    a, b = a_pass("a", look="pptt"), a_pass("b", session="s2", look="pptt")
    text = Page(report_html(report_data(scheme_part(passes_part(a, b, DRAWN), scheme=DRAWN)))).text
    assert "no kappa. The passes are of different sessions; choose two passes of one session." in text
    assert "No tier can be held against a target yet." in text


def test_a_study_without_double_coding_gives_a_report_too():
    text = Page(report_html(report_data())).text
    assert "Nothing has been double-coded yet" in text


def test_several_sessions_stand_side_by_side_and_lose_the_approximation():
    parts = [session_part(seed, f"Family {seed}", minutes=2) for seed in (1, 2, 3)]
    text = Page(report_html(report_data(scheme_part(*parts)))).text
    assert "Session by session" in text
    assert "jackknife over 3 sessions" in text
    assert "both coded 3 sessions" in text


def test_verdicts_are_words_and_not_colour_alone():
    good = Page(report_html(drawn(look=("pppttaappttaa" * 6, "pppttaappttta" * 6)))).text
    assert "✓ reaches the target" in good
    act = Page(report_html(drawn(look=("pppttaappttaa" * 6, "tataapptptata" * 6)))).text
    assert "! no better than chance: act" in act
    low = Page(report_html(drawn(look=("pppttaappttaa" * 6, "pppttpptpttat" * 6)))).text
    assert "! below the floor: act" in low or "▾ below the target" in low


def test_little_coverage_silences_the_pictures(part):
    dark = measurement(part.session, Coverage(0.3, 0.4, 0.2, None, 31_000_000))
    text = Page(report_html(report_data(measurements=(dark,)))).text
    assert "That is too little: the pictures cannot speak about this session." in text
    assert "not measured" in text
    blind = measurement(part.session, Coverage(None, None, None, None, 0))
    assert (
        "the pictures say nothing about this session" in Page(report_html(report_data(measurements=(blind,)))).text
    )


def test_names_cannot_smuggle_markup_in(part):
    evil = replace(part, a=replace(part.a, coder="<script>alert(1)</script>"))
    html = report_html(report_data(scheme_part(evil)))
    assert "<script" not in html
    Page(html)


def test_the_same_data_gives_the_same_file(tmp_path, part):
    data = report_data(scheme_part(part))
    one, two = render_report(data, tmp_path / "one.html"), render_report(data, tmp_path / "two.html")
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_a_report_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(CoderError, match=r"“report.html” cannot be written"):
        render_report(report_data(), tmp_path / "nowhere" / "report.html")


def test_who_is_late_is_said_by_name_and_not_by_a_sign():
    early, late = "v...v....v...." * 6, ".v....v...v..." * 6
    for rows, who in (((early, late), "coder-b marks"), ((late, early), "coder-a marks")):
        text = Page(report_html(drawn(cues=rows))).text
        assert text.count(who) == 2  # in short, and in the table
        assert "on average" in text
    assert "later on average" not in Page(report_html(drawn(cues=(early, early)))).text


def test_a_coder_who_never_changed_the_code_is_looked_at_and_not_judged():
    text = Page(report_html(drawn(look=("p" * 118 + "tt", "p" * 120)))).text
    assert "? one coder never changed the code: look together" in text
    assert "coder-b used one code only, so agreement cannot exceed chance." in text
    assert "no better than chance" not in text
    assert "To look at together: Child looks." in text


def test_codes_that_miss_their_own_target_are_named_in_short():
    rows = "p" * 60 + "t" * 60 + "a" * 6, "p" * 60 + "t" * 63 + "a" * 3
    codes = {"p": "cg_face", "t": "cg_body", "a": "cg_away"}
    a, b = (a_pass(who, scheme=SCHEME.id, cg=row) for who, row in zip("ab", rows, strict=True))
    a, b = (
        replace(one, tiers={"cg": tuple(replace(event, code=codes[event.code]) for event in one.row("cg"))})
        for one in (a, b)
    )
    text = Page(report_html(report_data(scheme_part(passes_part(a, b, SCHEME))))).text
    assert "Below the target for single codes: Elsewhere (.67)." in text


def test_only_one_pair_of_a_session_is_counted_and_the_others_are_named():
    first, second = session_part(5, "Family 05", minutes=2), session_part(6, "Family 05", minutes=2)
    beside = replace(second, b=replace(second.b, coder="Kim"), pooled=False)
    data = report_data(replace(scheme_part(first), sessions=(first, beside)))
    text = Page(report_html(data)).text
    assert (
        "Robin and Sasha both coded one session with “Who Looks Where, How Near”: 2:00 min of shared time" in text
    )
    assert "Not in the pooled numbers: Robin and Kim in Family 05." in text
    assert "not in the pooled numbers" in text
    assert "One or two sessions show" in text


def test_letters_stay_letters_where_they_are_not_the_same_two_people():
    one, two = (session_part(seed, f"Family {seed}", minutes=2) for seed in (7, 8))
    two = replace(two, b=replace(two.b, coder="Kim"))
    text = Page(report_html(report_data(scheme_part(one, two)))).text
    assert "3 coders, two at a time, coded 2 sessions" in text
    assert "A and B are not the same two in every session." in text
    assert re.search(r"\. A marked \d+ events, B \d+; \d+ matched\.", text)


def test_many_sessions_are_summed_up_at_the_head_and_stand_in_rows_below():
    parts = [session_part(seed, f"Family {seed}", minutes=1.5) for seed in range(6)]
    text = Page(report_html(report_data(scheme_part(*parts)))).text
    assert "Double-coded 6 sessions: Robin (A), Sasha (B)" in text
    assert "Session Child’s gaze time-unit kappa, 1 s units" in text
