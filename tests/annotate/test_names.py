"""How a code is called in edits and findings where two tiers have codes of one label."""

from dataclasses import replace

import pytest

from coder.annotate import amend, certainty, group, strokes
from coder.annotate.rules import review
from coder.model.coding import Certainty, CodingPass, Event
from coder.model.edit import Edit
from coder.model.problem import CodingError
from coder.model.scheme import Code, Scheme, Stream, Tier, TierKind
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, header


def looks(tier: str, label: str, stream: Stream, face: str) -> Tier:
    """A tier with a code of its own and one that the other tier has, too."""
    codes = (
        Code(f"{tier}_face", face, "", "Eyes on face."),
        Code(f"{tier}_both", "Object both use", "", "Eyes on the toy of both.", min_us=S),
    )
    return Tier(tier, label, stream, TierKind.STATE, codes, exclusive=True)


TWO = replace(
    SCHEME,
    tiers=(
        looks("child", "Child looks at", Stream.CHILD, "Parent’s face"),
        looks("parent", "Parent looks at", Stream.PARENT, "Child’s face"),
    ),
)
BOTH = Event("e", "child", "child_both", Span(2 * S, 4 * S))
NEXT = Event("n", "child", "child_both", Span(6 * S, 8 * S))
CODING = CodingPass.of(header(), (BOTH, NEXT))


def stroke(tier: str, code: str, at: int, scheme: Scheme = TWO) -> Edit:
    return strokes.code(CodingPass.of(header(), ()), scheme, tier, code, at * S)


def test_a_label_that_two_tiers_have_is_said_with_its_tier() -> None:
    assert TWO.name_of("child", "child_both") == "Child looks at: Object both use"
    assert TWO.name_of("parent", "parent_both") == "Parent looks at: Object both use"
    assert stroke("child", "child_both", 3).label == "Code “Child looks at: Object both use” at 00:00:03.000"
    assert stroke("parent", "parent_both", 3).label == "Code “Parent looks at: Object both use” at 00:00:03.000"


def test_a_label_that_one_code_alone_has_stays_as_it_is() -> None:
    assert stroke("child", "child_face", 3).label == "Code “Parent’s face” at 00:00:03.000"
    assert [SCHEME.name_of(tier.id, code.id) for tier, code in SCHEME.codes()] == [
        code.label for _, code in SCHEME.codes()
    ]


def test_what_the_scheme_has_not_has_no_name() -> None:
    for tier, code in (("child", "parent_both"), ("none", "child_both")):
        with pytest.raises(KeyError):
            TWO.name_of(tier, code)


@pytest.mark.parametrize(
    ("edit", "label"),
    [
        (strokes.code(CODING, TWO, "child", "child_both", 3 * S), "End “{}” at 00:00:03.000"),
        (amend.set_onset(CODING, TWO, BOTH, S), "Onset of “{}” to 00:00:01.000"),
        (amend.set_offset(CODING, TWO, BOTH, 5 * S), "Offset of “{}” to 00:00:05.000"),
        (amend.place(CODING, TWO, BOTH, Span(0, 2 * S)), "Move “{}” to 00:00:00.000"),
        (amend.split(TWO, BOTH, 3 * S), "Split “{}” at 00:00:03.000"),
        (amend.delete(TWO, BOTH), "Delete “{}” at 00:00:02.000"),
        (amend.recode(TWO, replace(BOTH, code="child_face"), "child_both"), "Change to “{}” at 00:00:02.000"),
        (amend.set_note(TWO, BOTH, "seen late"), "Note on “{}” at 00:00:02.000"),
        (certainty.set_certainty(TWO, [BOTH], Certainty.GUESS), "“{}” at 00:00:02.000: a guess"),
        (group.merge(CODING, TWO, [BOTH, NEXT]), "Merge 2 states “{}”"),
    ],
)
def test_every_edit_says_whose(edit: Edit, label: str) -> None:
    assert edit.label == label.format("Child looks at: Object both use")


def test_a_refusal_says_whose() -> None:
    with pytest.raises(CodingError, match="“Child looks at: Object both use” begins at this very frame already"):
        strokes.code(CODING, TWO, "child", "child_both", 2 * S)
    with pytest.raises(CodingError, match="all of “Child looks at: Object both use” at"):
        amend.place(CODING, TWO, BOTH, Span(5 * S, 9 * S))


def test_a_finding_says_whose() -> None:
    short = Event("s", "parent", "parent_both", Span(S, S + S // 2))
    (finding,) = review(CodingPass.of(header(), (short,)), TWO)
    assert finding.problem.what.startswith("“Parent looks at: Object both use” lasts ")
