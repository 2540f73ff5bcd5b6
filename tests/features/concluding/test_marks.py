"""What a person says about who is who: it holds where it was said, and what follows from it elsewhere."""

from dataclasses import replace

import pytest

from coder.features.concluding.points import place_of
from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.who import SURE, Identified, identified
from coder.model.persons import Anchor, IdentityMark, Role
from coder.model.time import SECOND_US, Span
from tests.features.concluding.acted import Scene, acted, child, judged, parent, shares
from tests.features.concluding.test_who import AWAY, SCENES, during

# The child is larger and higher, its build is an adult's: whoever guesses takes it for the parent.
MISTAKEN = (
    parent(200, size=60, y=150, shoulders=1.5, iris=0.078),
    child(420, size=72, y=120, shoulders=2.0, iris=0.066),
)


def who(scene: Scene, *marks: IdentityMark) -> Identified:
    return identified(scene.looks, marks, ConcludingSettings())


def said(
    scene: Scene, start_s: float, end_s: float, roles: dict[Role, Role] | None = None, *, n: int = 1
) -> IdentityMark:
    """The truth about a stretch, a word a second for each person; or something else in its place.

    roles: what is said of whom; who is not in it is not spoken of.
    """
    span = Span(round(start_s * SECOND_US), round(end_s * SECOND_US))
    anchors = []
    for look, truth in zip(scene.looks[::10], scene.truth[::10], strict=True):
        if not span.start_us <= look.at_us < span.end_us:
            continue
        for sighting, real in zip(look.sightings, truth, strict=True):
            role = real if roles is None else roles.get(real)
            if role is not None:
                x, y, _ = place_of(sighting, look)
                anchors.append(Anchor(look.at_us, x / look.width_px, y / look.height_px, role))
    return IdentityMark(f"mark-{n}", "film", span, tuple(anchors), "ada", "2026-11-23T10:00:00+00:00")


LIES = {Role.PARENT: Role.CHILD, Role.CHILD: Role.PARENT}


def test_a_wrong_guess_about_the_whole_film_is_mended_by_one_mark() -> None:
    scene = acted(60, *MISTAKEN)
    assert shares(judged(scene, who(scene))) == (0, 1)
    assert shares(judged(scene, who(scene, said(scene, 20, 22)))) == (1, 0)


def test_inside_its_span_a_mark_holds_whatever_was_seen() -> None:
    scene = acted(60, *SCENES["side by side"])
    found = who(scene, said(scene, 20, 30, LIES))
    assert shares(judged(scene, found, (20, 30))) == (0, 1)
    for look, sures, words in zip(scene.looks, found.confidence, found.said, strict=True):
        inside = 20 * SECOND_US <= look.at_us < 30 * SECOND_US
        assert all(word is inside for word in words)
        if inside:
            assert sures == (1.0, 1.0)


def test_a_mark_about_one_says_enough_about_the_other() -> None:
    scene = acted(60, *MISTAKEN)
    only_parent = said(scene, 20, 25, {Role.PARENT: Role.PARENT})
    assert shares(judged(scene, who(scene, only_parent))) == (1, 0)


def test_a_later_mark_wins_where_two_speak_of_one_head() -> None:
    scene = acted(60, *SCENES["side by side"])
    false, true = said(scene, 10, 30, LIES, n=1), said(scene, 15, 25, n=2)
    assert shares(judged(scene, who(scene, false, true), (15, 25))) == (1, 0)
    assert shares(judged(scene, who(scene, true, false), (15, 25))) == (0, 1)
    assert shares(judged(scene, who(scene, false, true), (10, 15))) == (0, 1)


def test_marks_that_differ_leave_what_lies_between_them_unsaid_or_to_its_looks() -> None:
    twins = (
        parent(200, looks=3, embodied=False, iris=0.07, size=66, y=150),
        child(420, looks=3, embodied=False, iris=0.07, size=66, y=150),
    )
    scene = acted(60, *twins)
    found = who(scene, said(scene, 5, 15, n=1), said(scene, 45, 55, LIES, n=2))
    assert shares(judged(scene, found, (5, 15))) == (1, 0)
    assert shares(judged(scene, found, (45, 55))) == (0, 1)
    for sures in found.confidence[160:440]:
        assert all(sure < SURE for sure in sures)


def test_before_and_after_marks_that_agree_nobody_is_lost() -> None:
    scene = acted(60, *MISTAKEN)
    assert shares(judged(scene, who(scene, said(scene, 5, 10, n=1), said(scene, 50, 55, n=2)))) == (1, 0)


def test_a_mark_in_a_film_that_was_right_changes_nothing() -> None:
    for name in ("they cross", "a clinician comes and goes", "never both at once"):
        scene = acted(60, *SCENES[name])
        assert who(scene, said(scene, 10, 12)).roles == who(scene).roles


def test_a_slip_in_one_stretch_is_mended_there_and_the_rest_stays_right() -> None:
    """While both were away the lamp went out; they came back in each other's place, hardly to be told apart."""
    lit, dark = during((0, 20), (40, 60)), during((22, 38))
    scene = acted(
        60,
        parent(200, y=150, there=lit),
        child(420, y=150, there=lit),
        parent(420, y=150, there=dark, looks=0, size=66, embodied=False, iris=0),
        child(200, y=150, there=dark, looks=0, size=66, embodied=False, iris=0),
    )
    assert judged(scene, who(scene), (22, 38))["right"] == 0
    assert shares(judged(scene, who(scene), (0, 20))) == (1, 0)
    found = who(scene, said(scene, 20, 40))
    assert shares(judged(scene, found, (20, 40))) == (1, 0)
    assert shares(judged(scene, found, (0, 20))) == (1, 0)
    assert shares(judged(scene, found, (40, 60))) == (1, 0)


def test_who_is_told_to_be_a_doll_or_a_sibling_is_neither_parent_nor_child() -> None:
    for role in (Role.OTHER, Role.NOBODY):
        scene = acted(60, *SCENES["side by side"])
        found = who(scene, said(scene, 20, 25, {Role.CHILD: role}))
        rest = judged(scene, found, (0, 20)) + judged(scene, found, (25, 60))
        told = [
            given
            for truth, roles, sures in zip(scene.truth, found.roles, found.confidence, strict=True)
            for real, given, sure in zip(truth, roles, sures, strict=True)
            if real is Role.CHILD and sure >= SURE
        ]
        assert Role.CHILD not in told
        assert rest["wrong"] == 0


def test_the_word_about_a_clinician_lets_go_of_the_parent_s_place() -> None:
    scene = acted(
        60,
        parent(200, there=AWAY, looks=3, size=70, y=120),
        child(420),
        replace(parent(205, looks=3, size=70, y=120, there=during((22, 38))), role=Role.OTHER),
    )
    assert judged(scene, who(scene), (22, 38))["wrong"] > 100  # nothing tells them apart
    found = who(scene, said(scene, 22, 38, {Role.OTHER: Role.OTHER}))
    assert judged(scene, found, (22, 38))["wrong"] == 0
    assert judged(scene, found)["wrong"] == 0


@pytest.mark.parametrize("away_px", [(0, 80), (150, 0)])
def test_an_anchor_beside_every_head_says_nothing(away_px: tuple[float, float]) -> None:
    scene = acted(30, *SCENES["side by side"])
    mark = said(scene, 10, 20, LIES)
    beside = tuple(
        replace(
            anchor, x=anchor.x + away_px[0] / 640 * (1 if anchor.x > 0.5 else -1), y=anchor.y - away_px[1] / 360
        )
        for anchor in mark.anchors
    )
    found = who(scene, replace(mark, anchors=beside))
    assert found.roles == who(scene).roles
    assert not any(any(words) for words in found.said)


def test_an_anchor_in_a_stretch_that_was_not_looked_at_says_nothing() -> None:
    scene = acted(30, *SCENES["side by side"])
    mark = said(scene, 10, 20, LIES)
    gone = Scene(scene.looks[:90] + scene.looks[210:], scene.truth[:90] + scene.truth[210:])
    assert not any(any(words) for words in who(gone, mark).said)
