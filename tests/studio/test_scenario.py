"""The scripts of the sample films: read, resolved, and checked for what no two people could do."""

import subprocess
import sys
from pathlib import Path

import pytest

from studio.acts import GAZE, PEOPLE, Act, contact_us
from studio.scenario import ScenarioError, continuity, load, names

CLIPS = ("cues-responses", "face-to-face", "first-practice", "hard-to-see", "phone", "shared-play", "two-cameras")

LOOKS = (
    '{ at = 0.0, child = "looks at the ball" }',
    '{ at = 0.0, parent = "looks at child\'s face" }',
)
REST = """
[parent]
age_years = 31
sex = "female"
skin = "olive"
hair = "bun"
hair_colour = "#3b2417"
eyes = "#5a3a22"
top = "#2f6f73"
[child]
age_months = 18
sex = "male"
skin = "olive"
hair = "short"
hair_colour = "#4a2f1e"
eyes = "#5a3a22"
top = "#d98a2b"
[room]
seating = "table"
toys = ["ball", "cup"]
start = { cup = "parent" }
"""
CAMERA = '[[cameras]]\nid = "a"\n'


def write(folder: Path, *acts: str, head: str = "", rest: str = REST, tail: str = CAMERA) -> Path:
    """A small scenario of 20 s whose first two acts are LOOKS."""
    listed = ",\n  ".join((*LOOKS, *acts))
    path = folder / "small.toml"
    top = f'name = "small"\ntitle = "Small"\npurpose = "Test"\nseconds = 20\nschemes = ["gaze-near"]\n{head}\n'
    path.write_text(f"{top}acts = [\n  {listed}\n]\n{rest}{tail}", encoding="utf-8")
    return path


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return caught.value.problems


def spans(acts: tuple[Act, ...], who: str, verb: str) -> list[tuple[int, int | None]]:
    return [(a.start_us, a.end_us) for a in acts if a.who == who and a.verb == verb]


def test_films_of_several_cameras_have_the_cameras_in_their_names(tmp_path: Path) -> None:
    one, two = load(write(tmp_path)), load("two-cameras")
    assert [one.film_stem(camera) for camera in one.cameras] == ["small"]
    assert [two.film_stem(camera) for camera in two.cameras] == ["two-cameras.a", "two-cameras.b"]


def test_times_are_resolved_from_at_after_and_for(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{ at = 5.0, parent = "smiles", for = 3.0 }',
        '{ after = 0.8, parent = "says", words = "Hello, my sweetie!" }',
        '{ at = 2.0, child = "claps" }',
    )
    acts = load(path).acts
    assert [(a.verb, a.start_us, a.end_us) for a in acts[2:]] == [
        ("clap", 2_000_000, 2_700_000),
        ("smile", 5_000_000, 8_000_000),
        ("say", 5_800_000, 7_500_000),  # three words at 0.4 s, a comma of 0.3 s, and 0.2 s
    ]
    assert [a.index for a in acts] == [0, 1, 2, 3, 4]
    assert load(path).numbers == (1, 2, 5, 3, 4)


def test_a_look_lasts_until_the_same_persons_next_look_or_the_end(tmp_path: Path) -> None:
    path = write(tmp_path, '{ at = 4.0, child = "looks away left" }', '{ at = 6.5, child = "closes eyes" }')
    acts = load(path).acts
    assert spans(acts, "child", "look") == [(0, 4_000_000), (4_000_000, 6_500_000)]
    assert spans(acts, "child", "close_eyes") == [(6_500_000, 20_000_000)]
    assert spans(acts, "parent", "look") == [(0, 20_000_000)]
    assert [a.target for a in acts if a.who == "child"] == ["ball", "away_left", None]


def test_a_taken_offer_ends_at_the_grasp_and_the_toy_changes_hands(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{ at = 1.0, child = "takes the ball" }',
        '{ at = 4.0, child = "offers the ball", for = 3.0, id = "o" }',
        '{ at = 5.0, parent = "takes the ball", answers = "o", fit = "match" }',
        '{ at = 8.0, parent = "rolls the ball" }',
    )
    scenario = load(path)
    assert spans(scenario.acts, "child", "offer") == [(4_000_000, 5_600_000)]
    stays = [(s.holder, s.place, s.start_us, s.end_us) for s in scenario.stays()["ball"]]
    assert stays == [
        (None, "middle", 0, 1_600_000),
        ("child", None, 1_600_000, 5_600_000),
        ("parent", None, 5_600_000, 8_700_000),
        (None, "child", 8_700_000, 20_000_000),
    ]


def test_people_cameras_light_and_episodes_are_read(tmp_path: Path) -> None:
    tail = (
        '[picture]\nwidth = 360\nheight = 640\nframes = "phone"\nrotation = 90\ndim_from = 12.5\n'
        '[[cameras]]\nid = "a"\n[[cameras]]\nid = "b"\nview = "right"\n'
        "starts_s = 1.5\nskew_ppm = 120\nlens_mm = 50\n"
        "position = [1, -2, 1.2]\n"
        '[ratings]\nr_warm = { value = 6, reason = "Warm." }\nr_flat = { value = "NA", reason = "Too short." }\n'
        '[[episodes]]\nat = 0\nname = "play"\n[[episodes]]\nat = 9\nname = "pause"\n'
    )
    scenario = load(write(tmp_path, tail=tail))
    assert scenario.child.age_years == 1.5
    assert scenario.parent.age_years == 31
    b = scenario.cameras[1]
    assert (b.id, b.view, b.starts_us, b.skew_ppm, b.lens_mm) == ("b", "right", 1_500_000, 120, 50)
    assert b.position == (1.0, -2.0, 1.2)
    assert b.target is None
    picture = scenario.picture
    assert (picture.width, picture.height, picture.rotation) == (360, 640, 90)
    assert (picture.frames, picture.mean_hz, picture.longest_gap_ms) == ("phone", 24, 120)
    assert [picture.light_at(t) for t in (0, 12_499_999, 12_500_000)] == ["day", "day", "dim"]
    assert [(r.item, r.value) for r in scenario.ratings] == [("r_warm", 6), ("r_flat", None)]
    assert [(e.name, e.start_us, e.end_us) for e in scenario.episodes] == [
        ("play", 0, 9_000_000),
        ("pause", 9_000_000, 20_000_000),
    ]
    assert dict(scenario.room.start) == {"ball": "middle", "cup": "parent"}


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ('{ at = 1, child = "juggles the ball" }', "“juggles the ball” is not in the vocabulary"),
        ('{ at = 1, child = "takes the kite" }', "names no toy of this room; the toys are: ball, cup"),
        ('{ at = 1, child = "looks at child\'s face" }', "turns the child on itself; write parent's instead"),
        ('{ at = 1, child = "tickles" }', "is only for the parent"),
        ('{ at = 1, parent = "says" }', "“says” needs words"),
        ('{ at = 1, parent = "smiles", words = "Hi" }', "words are only for “says”"),
        ('{ at = 1, parent = "looks at the cup", for = 2 }', "lasts until the next look; leave out for"),
        ('{ at = 19, parent = "smiles", for = 2 }', "ends after the clip (20 s)"),
        ('{ at = 1, after = 2, parent = "smiles" }', "needs either at = seconds or after = seconds"),
        ('{ at = 1, parent = "smiles", child = "smiles" }', "needs one actor"),
        ('{ at = 1, parent = "smiles", loud = true }', "the field “loud” is not known here"),
        ('{ at = 1, parent = "smiles", answers = "x", fit = "match" }', "no act has the id “x”"),
        ('{ at = 1, parent = "smiles", fit = "match" }', "answers and fit belong together"),
        ('{ at = 1, parent = "smiles", for = "long" }', "for = 'long' cannot be used"),
        ('{ at = 0.0, child = "closes eyes" }', "is followed by another look at once"),
    ],
)
def test_one_sentence_says_what_is_wrong_with_an_act_and_where(tmp_path: Path, act: str, sentence: str) -> None:
    found = problems(write(tmp_path, act))
    assert len(found) == 1, found
    assert sentence in found[0]
    assert found[0].startswith("small.toml, act ")
    assert found[0].endswith(".")
    assert "\n" not in found[0]


def test_every_problem_of_a_file_comes_in_one_message(tmp_path: Path) -> None:
    rest = REST.replace('skin = "olive"\nhair = "bun"', 'skin = "green"\nhair = "bun"')
    found = problems(write(tmp_path, '{ at = 1, child = "flies" }', rest=rest, tail="", head="colour = 1"))
    assert len(found) == 4
    for part in ("[parent]: skin = “green”", "“flies” is not in", "there is no camera", "the field “colour”"):
        assert sum(part in sentence for sentence in found) == 1, (part, found)


def test_a_missing_part_is_one_problem_not_one_for_each_field(tmp_path: Path) -> None:
    found = problems(write(tmp_path, rest=REST[: REST.index("[child]")] + REST[REST.index("[room]") :]))
    assert found == ("small.toml: the part [child] is missing; add it.",)


def test_somebody_must_look_somewhere_from_the_start(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(LOOKS[0] + ",", ""), encoding="utf-8")
    assert problems(path) == (
        'small.toml: the child looks nowhere at 0 s; add { at = 0.0, child = "looks at …" }.',
    )


def test_files_that_cannot_be_read_get_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read" in problems(tmp_path / "none.toml")[0]
    (tmp_path / "bad.toml").write_text("name = ", encoding="utf-8")
    assert "is not a TOML file" in problems(tmp_path / "bad.toml")[0]
    (tmp_path / "bytes.toml").write_bytes(b"name = '\xff'")
    assert "is not a TOML file" in problems(tmp_path / "bytes.toml")[0]


BALL = '{ at = 1, child = "takes the ball" }'


@pytest.mark.parametrize(
    ("acts", "number", "sentence"),
    [
        (['{ at = 1, child = "takes the cup" }'], 3, "the cup is out of reach then (it lies before the parent)"),
        (['{ at = 1, child = "shows the ball" }'], 3, "the child does not hold the ball then"),
        ([BALL, '{ at = 4, parent = "takes the ball" }'], 4, "the child holds the ball and does not offer it"),
        ([BALL, '{ at = 4, child = "takes the ball" }'], 4, "holds the ball already"),
        (
            [BALL, '{ at = 4, child = "offers the ball", for = 3 }', '{ at = 4.2, parent = "takes the ball" }'],
            5,
            "nobody takes an offered toy so soon",
        ),
        (
            [BALL, '{ at = 4, child = "offers the ball", for = 1 }', '{ at = 6, parent = "takes the ball" }'],
            5,
            "does not offer it",
        ),
        ([BALL, '{ at = 4, child = "hides behind hands" }'], 4, "the child's hands are full then"),
        ([BALL, '{ at = 1.5, child = "plays with the ball" }'], 4, "the child is still busy with the ball then"),
        ([BALL, '{ at = 4, child = "leaves the picture" }'], 4, "leaves with a toy in hand"),
        (
            ['{ at = 1, parent = "smiles", for = 3 }', '{ at = 3, parent = "looks sad" }'],
            4,
            "the parent has two acts of face at once; start it 1.00 s later",
        ),
        (
            ['{ at = 1, parent = "says", words = "Hello" }', '{ at = 1.6, child = "babbles" }'],
            4,
            "it runs into the parent's voice; start it 0.40 s later or write overlap = true",
        ),
    ],
)
def test_what_no_two_people_could_do_is_named(tmp_path: Path, acts: list[str], number: int, sentence: str) -> None:
    found = problems(write(tmp_path, *acts))
    assert len(found) == 1, found
    assert found[0].startswith(f"small.toml, act {number} (")
    assert sentence in found[0]


@pytest.mark.parametrize(
    "acts",
    [
        [BALL, '{ at = 4, parent = "takes the ball", kind = "away" }'],
        [BALL, '{ at = 4, child = "touches parent\'s hand" }'],  # with the hand that holds nothing
        [
            BALL,
            '{ at = 4, child = "puts down the ball", where = "other" }',
            '{ at = 7, parent = "rolls the ball" }',
        ],
        [
            '{ at = 1, parent = "says", words = "Hello" }',
            '{ at = 1.3, child = "babbles", overlap = true }',
        ],
    ],
)
def test_what_two_people_can_do_passes(tmp_path: Path, acts: list[str]) -> None:
    assert continuity(load(write(tmp_path, *acts))) == []


@pytest.mark.parametrize("clip", CLIPS)
def test_each_clip_is_playable_and_says_what_its_answers_are(clip: str) -> None:
    scenario = load(clip)
    assert continuity(scenario) == []
    ids = {a.id for a in scenario.acts if a.id}
    assert {a.answers for a in scenario.acts if a.answers} <= ids
    for who in PEOPLE:
        looks = [a for a in scenario.acts if a.who == who and a.verb in GAZE]
        assert looks[0].start_us == 0
        assert looks[-1].end_us == scenario.length_us
        # A look is a look from 0.3 s, and the eyes need time to get there.
        assert min((a.end_us or 0) - a.start_us for a in looks) >= 600_000


@pytest.mark.parametrize("clip", CLIPS)
def test_eyes_lead_hands(clip: str) -> None:
    """Whoever takes a toy looks at it, or at the other who holds it out, when the hand gets there."""
    acts = load(clip).acts
    for take in (a for a in acts if a.verb == "take"):
        at_us = contact_us(take)
        then = [a for a in acts if a.start_us <= at_us < (a.end_us or 0)]
        looks_at = next(a.target for a in then if a.who == take.who and a.verb in GAZE)
        before = [a for a in acts if a.who != take.who and a.verb == "offer" and a.target == take.target]
        held_out = any(a.start_us < at_us <= (a.end_us or 0) for a in before)
        assert looks_at in ((take.target, "face", "hands") if held_out else (take.target,)), take


def test_the_clips_are_those_with_a_script() -> None:
    assert names() == CLIPS


def test_no_two_families_look_the_same() -> None:
    people = [p for clip in CLIPS for p in (load(clip).parent, load(clip).child)]
    assert len({(p.role, p.hair, p.hair_colour, p.top) for p in people}) == len(people)
    assert {p.skin for p in people} == {"light", "olive", "brown", "dark"}
    assert {load(clip).parent.sex for clip in CLIPS} == {"female", "male"}


def test_reading_a_script_needs_neither_the_product_nor_numpy() -> None:
    code = (
        "import sys, studio.scenario as s; s.load('first-practice');"
        "assert not {'coder', 'numpy', 'av'} & set(sys.modules), set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
