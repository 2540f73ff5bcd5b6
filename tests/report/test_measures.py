"""Derived measures in the report: both coders' numbers side by side."""

from dataclasses import replace

from coder.model.scheme import Derived, Scheme
from coder.report.measure_tables import MeasureCell, measure_tables
from coder.report.render import report_html
from tests.reliability.drawn import SCHEME, a_pass
from tests.report.invented import passes_part, report_data, scheme_part
from tests.report.test_report import Page

SHARE = Derived("looks", "Where the child looks", "In per cent of the codable time.", "percent_time", ("p", "t"))
BACK = Derived("back", "Looks back", "From one look to the next.", "recovery", ("p",))
STEPS = Derived("steps", "What follows what", "How often.", "transitions", ("p", "t", "a"))


def with_rules(*derived: Derived) -> Scheme:
    return replace(SCHEME, derived=derived)


def test_both_coders_stand_side_by_side() -> None:
    scheme = with_rules(SHARE, BACK)
    # A: p 4 of 8 codable seconds, t 4; back after 2 s. B: p 8 of 10; never back.
    part = passes_part(a_pass("a", look="ppttppttuu"), a_pass("b", look="pppppppptt"), scheme)
    looks, back = measure_tables(part, scheme)
    assert [(row.part, row.a.value, row.b.value) for row in looks.rows] == [
        ("Code p", "50.0\u202f%", "80.0\u202f%"),
        ("Code t", "50.0\u202f%", "20.0\u202f%"),
    ]
    assert back.rows[0].a == MeasureCell("2.00\u202fs", "1", "")
    assert back.rows[0].b.value == ""
    assert back.rows[0].b.why == "It did not happen here that one ended and another was seen to begin."
    text = Page(report_html(report_data(scheme_part(part, scheme=scheme)))).text
    assert "What the scheme has computed" in text
    assert "Where the child looks. In per cent of the codable time." in text
    assert back.rows[0].b.why in text
    assert "NaN" not in text


def test_what_limits_many_numbers_is_said_once() -> None:
    scheme = with_rules(STEPS)
    part = passes_part(a_pass("a", look="ptaptatpat"), a_pass("b", look="ptaptatpat"), scheme)
    (steps,) = measure_tables(part, scheme)
    assert steps.limits == ("Fewer than 30 transitions: it describes them and tests nothing.",)
    text = Page(report_html(report_data(scheme_part(part, scheme=scheme)))).text
    assert text.count(steps.limits[0]) == 1


def test_a_part_that_one_coder_lacks_stands_in_the_table_with_a_reason() -> None:
    scheme = with_rules(SHARE)
    part = passes_part(a_pass("a", look="pptt"), a_pass("b", look="pptt"), scheme)
    lacking = replace(part, b=replace(part.b, measures=part.b.measures[:1]))
    (looks,) = measure_tables(lacking, scheme)
    assert looks.rows[1].b == MeasureCell("", "", "This coder has no such part.")


def test_a_scheme_without_rules_has_no_such_part() -> None:
    part = passes_part(a_pass("a", look="pptt"), a_pass("b", look="pptt"), SCHEME)
    assert measure_tables(part, SCHEME) == ()
    assert "What the scheme has computed" not in report_html(report_data(scheme_part(part, scheme=SCHEME)))
