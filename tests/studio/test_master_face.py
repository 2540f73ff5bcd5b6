"""Masters of face-to-face and ratings; what is expected follows from the schemes' sentences."""

import numpy as np
import pytest

from coder.model.problem import CoderError
from studio.acts import Act
from studio.heard import Segment
from studio.masters.face import face_to_face
from studio.masters.material import Material
from studio.masters.ratings import ratings
from studio.scenario import Episode, Rating
from tests.studio.scenes import act
from tests.studio.truths import drawn

US = 1_000_000
ALL_PLAY = (Episode("play", 0, 60 * US),)


def line(material: Material, tier: str) -> list[tuple[str, float]]:
    """(code, onset in s) of one line."""
    return [(one.code, one.span.start_us / 1e6) for one in face_to_face(material) if one.tier == tier]


def scene(child: str, *script: Act, parent: str = "", **given: object) -> Material:
    """A session of play, or with the episodes given; voices are heard as the script has them."""
    voices = tuple(
        Segment(one.who, place, one.start_us, one.end_us or 0)
        for place, one in enumerate(script)
        if one.verb in ("say", "coo", "fuss", "cry", "laugh")
    )
    given = {"episodes": ALL_PLAY} | given
    return drawn(child, parent or "f" * len(child), *script, voices=voices, **given)  # type: ignore[arg-type]  # drawn takes the fields of an act by name


def smiles(drawing: str) -> dict[str, object]:
    """A smile where there is an s."""
    return {"smile": np.array([0.9 if letter == "s" else 0.0 for letter in drawing])}


def test_the_parts_follow_each_other_without_a_gap() -> None:
    parts = (Episode("play", US, 2 * US), Episode("pause", 2 * US, 3 * US), Episode("again", 3 * US, 4 * US))
    found = line(scene("f" * 40, episodes=parts), "ep")
    assert found == [("ep_other", 0.0), ("ep_play", 1.0), ("ep_pause", 2.0), ("ep_again", 3.0)]


def test_a_session_without_parts_is_refused() -> None:
    with pytest.raises(CoderError, match="names no parts"):
        face_to_face(drawn("f" * 10, "f" * 10))


def test_the_infant_watches_smiles_and_turns_to_things() -> None:
    material = scene("f" * 20 + "h" * 20, child_is=smiles("-" * 10 + "s" * 20 + "-" * 10))
    # the smile goes on toward the hands: “smile to a toy stays cp_thing”
    assert line(material, "cp") == [("cp_watch", 0.0), ("cp_joy", 1.0), ("cp_thing", 2.0)]


def test_a_coo_into_the_face_is_joy_and_elsewhere_it_is_not() -> None:
    coo = act("child", "coo", 1.0, seconds=1.5)
    assert line(scene("f" * 40, coo), "cp") == [("cp_watch", 0.0), ("cp_joy", 1.0), ("cp_watch", 2.5)]
    assert line(scene("h" * 40, coo), "cp") == [("cp_thing", 0.0)]


def test_mood_comes_before_attention_and_crying_before_fussing() -> None:
    script = (act("child", "fuss", 1.0, seconds=3.0), act("child", "cry", 3.0, seconds=2.0))
    found = [one for one in face_to_face(scene("f" * 60, *script)) if one.tier == "cp"]
    assert [(one.code, one.span.start_us / US) for one in found] == [
        ("cp_watch", 0.0), ("cp_fuss", 1.0), ("cp_cry", 3.0), ("cp_watch", 5.0),
    ]  # fmt: skip
    assert [dict(one.modifiers) for one in found] == [{}, {"level": "2"}, {"level": "3"}, {}]


def test_what_interrupts_a_phase_for_less_than_a_second_is_part_of_it() -> None:
    assert line(scene("f" * 20 + "h" * 9 + "f" * 20), "cp") == [("cp_watch", 0.0)]
    assert len(line(scene("f" * 20 + "h" * 10 + "f" * 20), "cp")) == 3


def test_a_whimper_is_heard_where_the_face_cannot_be_seen() -> None:
    fuss = act("child", "fuss", 2.0, seconds=2.0)
    found = line(scene("f" * 10 + "-" * 40 + "f" * 10, fuss), "cp")
    assert found == [("cp_watch", 0.0), ("unc", 1.0), ("cp_fuss", 2.0), ("unc", 4.0), ("cp_watch", 5.0)]


def test_closed_lids_doze_after_two_seconds() -> None:
    assert line(scene("f" * 10 + "x" * 20 + "f" * 10), "cp") == [
        ("cp_watch", 0.0),
        ("cp_doze", 1.0),
        ("cp_watch", 3.0),
    ]
    assert line(scene("f" * 10 + "x" * 19 + "f" * 10), "cp")[1] == ("cp_thing", 1.0)


def test_looking_away_again_and_again_is_more_than_one_look_aside() -> None:
    assert line(scene("f" * 10 + "a" * 25 + "f" * 10), "self") == [("s_none", 0.0)]
    again = scene("f" * 10 + "a" * 25 + "f" * 5 + "a" * 20 + "f" * 10)
    assert line(again, "self") == [("s_none", 0.0), ("s_scan", 1.0), ("s_none", 6.0)]


def test_arching_comes_before_looking_away() -> None:
    arch = act("child", "lean_back", 1.0, seconds=2.0)
    assert line(scene("f" * 50, arch), "self") == [("s_none", 0.0), ("s_escape", 1.0), ("s_none", 3.0)]


def test_the_parents_phases() -> None:
    script = (act("parent", "say", 1.0, seconds=2.0, words="So"), act("parent", "still_face", 4.0, seconds=2.0))
    material = scene("f" * 70, *script, parent="f" * 60 + "a" * 10, parent_is=_voice(10, 30, 70))
    found = line(material, "pp")
    assert found == [("p_quiet", 0.0), ("p_voice", 1.0), ("p_quiet", 3.0), ("p_still", 4.0), ("p_else", 6.0)]


def test_a_smile_makes_it_joy_with_or_without_voice() -> None:
    drawing = "-" * 10 + "s" * 20 + "-" * 20
    material = scene("f" * 50, parent_is=smiles(drawing) | _voice(15, 45, 50))
    # the half second of silence at the end is no phase: what was before it goes on
    assert line(material, "pp") == [("p_quiet", 0.0), ("p_joy", 1.0), ("p_voice", 3.0)]


def test_a_breach_is_marked_once_and_anew_after_a_second_of_still_face() -> None:
    pause = (Episode("play", 0, 2 * US), Episode("pause", 2 * US, 9 * US), Episode("again", 9 * US, 12 * US))
    script = (
        act("parent", "smile", 0.5, seconds=1.0),  # in play
        act("parent", "smile", 3.0, seconds=1.0),
        act("parent", "say", 4.9, seconds=1.0, words="Oh"),  # 0.9 s after the smile
        act("parent", "smile", 7.0, seconds=0.5),  # 1.1 s later
        act("parent", "say", 10.0, seconds=1.0, words="Hello"),  # again
    )
    smile = np.zeros(120)
    for start, stop in ((5, 15), (30, 40), (70, 75)):
        smile[start:stop] = 0.9
    material = scene("f" * 120, *script, episodes=pause, parent_is={"smile": smile})
    assert line(material, "breaches") == [("breach", 3.0), ("breach", 7.0)]


def test_ratings_are_the_authors_with_reason_for_the_whole_clip() -> None:
    given = (Rating("r_warm", 6, "Often delighted."), Rating("r_flat", None, "Asked to be still."))
    found = ratings(drawn("f" * 10, "f" * 10, ratings=given))
    assert [(one.tier, one.code, one.span.duration_us, one.modifiers, one.note) for one in found] == [
        ("segment", "r_warm", US, (("rating", "6"),), "Often delighted."),
        ("segment", "r_flat", US, (("rating", "na"),), "Asked to be still."),
    ]


def _voice(first: int, stop: int, n: int) -> dict[str, object]:
    voice = np.zeros(n, dtype=np.bool_)
    voice[first:stop] = True
    return {"voice": voice}
