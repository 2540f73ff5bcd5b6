"""Links of cues and acts in a scheme file: what they become, and what can be wrong with them."""

from pathlib import Path

import pytest

from coder.formats import events_text, parse_events, parse_scheme
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.problem import FormatError, SchemeError
from coder.model.scheme import OUTCOME, Answered
from coder.model.study import Purpose
from coder.model.time import Span

TEXT = (Path(__file__).parent / "linked.toml").read_text("utf-8")
LINKED = parse_scheme(TEXT, "linked.toml")
WINDOW = Span(0, 60_000_000)


def test_a_link_has_its_times_outcomes_and_details() -> None:
    (link,) = LINKED.links
    assert (link.cues, link.acts, link.window_us, link.prompt_us) == ("calls", "replies", 3_000_000, 2_000_000)
    assert [(one.key, one.answered, one.has_answer) for one in link.outcomes] == [
        ("1", Answered.FITS, True),
        ("2", Answered.MISSES, True),
        ("3", Answered.NONE, False),
        ("4", Answered.UNKNOWN, False),
    ]
    assert [link.window_of(code) for code in LINKED.tier("calls").codes] == [3_000_000, 5_000_000]
    assert LINKED.link_of("calls") is link
    assert LINKED.link_of("replies") is None


def test_every_cue_has_the_outcome_and_the_details_and_neither_is_asked_for_with_the_code() -> None:
    for code in LINKED.tier("calls").codes:
        assert [(one.id, one.judged, one.required) for one in code.modifiers] == [
            (OUTCOME, True, True),
            ("channel", True, False),
        ]
    assert LINKED.code("replies", "talk").modifiers == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('cues = "calls"', 'cues = "call"', "There is no tier “call”. Did you mean “calls”?"),
        ('acts = "replies"', 'acts = "view"', "“view” is not a tier of moments. Name a tier of kind “point”."),
        ('acts = "replies"', 'acts = "calls"', "Cues cannot answer themselves. Name another tier."),
        ("window_ms = 3000", "window_ms = 0", "A window must have a length. Write e.g. window_ms = 3000."),
        ("window_ms = 3000", "window_ms = 300", "Nobody answers within 300 ms. Write a time from 1000 to 10000."),
        ("window_ms = 5000", "window_ms = 20", "Nobody answers within 20 ms. Write a time from 1000 to 10000."),
        ("window_ms = 5000", "window_ms = 10001", "10001 is out of range: it must be at most 10000."),
        ('["channel"]', '["chanel"]', "There is no modifier “chanel”. Did you mean “channel”?"),
        ('id = "o_mis"', 'id = "o_match"', "The id “o_match” is already used. Give each outcome an id of its "
         "own."),
        ('key = "2"', 'key = "1"', "The key “1” already gives another outcome. Choose another key."),
        ('key = "2"', 'key = "J"', "The key “J” is reserved: J plays slower. Use a digit."),
        ('key = "2"', 'key = "W"', "The key “W” gives an outcome of the same review. Choose another key."),
        ("prompt_ms = 2000", "prompt_ms = 0", "A window must have a length. Write e.g. prompt_ms = 2000."),
        ("prompt_ms = 2000", "prompt_ms = 3001", "A prompt answer would begin after the window has ended. Write "
         "at most 3000."),
        ("required = true", 'required = true\ntargets = [{ statistic = "F1", target = 0.7, tolerance_ms = 9 }]',
         "“F1” does not fit outcomes. Use one of: estimated accuracy; specific agreement; % agreement; kappa."),
        ("required = true", 'required = true\ntargets = [{ statistic = "kappa", target = 0.7, unit_ms = 9 }]',
         "Outcomes are compared cue by cue and have no unit_ms. Remove it."),
        ('definition = "A call."', 'definition = "A call."\nmodifiers = ["channel"]',
         "“channel” is asked for in the review of answers. Remove it here, or give the modifier another id."),
        (
            'answered = "none"',
            'answered = "unknown"',
            "No outcome says that a cue was not answered. Add an outcome with answered = \"none\".",
        ),
        ('label = "Face", key = "W"', 'label = "Face", key = "Q"', "The key “Q” already chooses “voice” with the "
         "same code. Choose another key."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_link_is_told(before: str, after: str, told: str) -> None:
    assert before in TEXT
    with pytest.raises(SchemeError) as refused:
        parse_scheme(TEXT.replace(before, after, 1), "linked.toml")
    assert any(str(problem).endswith(told) for problem in refused.value.problems), refused.value


def test_a_window_without_a_link_says_nothing() -> None:
    alone = TEXT[: TEXT.index("[[links]]")].replace("[[modifiers]]", "[[modifers]]")
    with pytest.raises(SchemeError, match="Nothing answers this code, so it has no window"):
        parse_scheme(alone, "linked.toml")


def events() -> tuple[Event, ...]:
    talk = Event("t", "replies", "talk", Span.moment(12_480_000))
    details = (("channel", "face,voice"), (OUTCOME, "o_match"))
    call = Event("c", "calls", "call", Span.moment(11_000_001), details, answer="t")
    cry = Event("x", "calls", "cry", Span.moment(20_000_000), ((OUTCOME, "o_none"),))
    return talk, call, cry


def test_answers_travel_in_a_table_by_code_and_onset() -> None:
    header = PassHeader("p", "s", LINKED.id, "a", Purpose.MAIN, WINDOW)
    table = events_text(CodingPass.of(header, events()), LINKED)
    assert ",talk@12.480000," in table
    call, cry, talk = parse_events(table, "t.csv", LINKED, WINDOW)
    assert (call.code, call.answer, call.modifiers) == ("call", talk.id, events()[1].modifiers)
    assert (cry.answer, talk.answer) == ("", "")
    assert events_text(CodingPass.of(header, (call, cry, talk)), LINKED) == table


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("talk@3", "The table has no “talk” at 00:00:03.000. Correct the answer, or add the row."),
        ("talk", "“talk” does not say what answers the event. Write code and onset, e.g. “act_talk@12.480”."),
        ("talk@soon", "“talk@soon” does not say what answers the event. Write code and onset, e.g. "
         "“act_talk@12.480”."),
    ],
)  # fmt: skip
def test_an_answer_that_leads_nowhere_is_told(answer: str, told: str) -> None:
    table = f"code,onset,answer\ncall,11,{answer}\ntalk,12,\n"
    with pytest.raises(FormatError) as refused:
        parse_events(table, "t.csv", LINKED)
    assert [str(one) for one in refused.value.problems] == [f"t.csv: row 2, column answer: {told}"]


def test_what_cannot_be_answered_has_no_answer() -> None:
    with pytest.raises(FormatError, match="Nothing answers an event of this tier"):
        parse_events("code,onset,answer\ntalk,12,talk@12\n", "t.csv", LINKED)
