"""The schemes that come with the program, whole."""

import re
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from coder.annotate.keymap import RESERVED, Keymap
from coder.features.concluding.signals import SIGNALS
from coder.formats import parse_scheme, read_scheme, scheme_json_schema, scheme_problems, schemes
from coder.formats.scheme_keys import why_not
from coder.model.scheme import RATING, Answered, Evidence, Scale, Scheme, Stream, Target, TierKind

FOLDER = Path(__file__).parents[2] / "schemes"
FILES = schemes(FOLDER)

GAZE_KEYS = """
cg    cg_face 1  cg_body 2  cg_shared 3  cg_obj 4  cg_away 5  cg_closed 6  unc 0
pg    pg_face Q  pg_body W  pg_shared E  pg_obj R  pg_away T  unc 9
dist  d_touch A  d_reach S  d_room D  d_out F
touch t_none Z  t_kind X  t_play C  t_care V  t_hold B  unc N
"""
PLAY_KEYS = """
engage en_off 1  en_watch 2  en_person 3  en_object 4  en_shared 5  en_mutual 6  unc 0
bids   bid_c Q  bid_p W
turns  turn_c A  turn_p S
"""


CUE_KEYS = """
cues        cue_look Q  cue_voice W  cue_gesture E  cue_smile R  cue_newact T  cue_distress A  cue_away S
child_view  unc 0
acts        act_talk Y  act_echo U  act_warm I  act_join O  act_touch P  act_soothe H  act_redirect N  act_impose M
parent_view unc 9
"""
FACE_KEYS = """
ep       ep_play Y  ep_pause U  ep_again I  ep_other O
stop     stop_rule P
cp       cp_cry 1  cp_fuss 2  cp_thing 3  cp_watch 4  cp_joy 5  cp_doze 6  unc 0
self     s_none Z  s_oral A  s_touch S  s_scan D  s_escape F
pp       p_harsh Q  p_else W  p_quiet E  p_voice R  p_joy T  p_still G  unc 9
breaches breach B
"""


def gaze() -> Scheme:
    return read_scheme(FOLDER / "gaze-near.toml")


def play() -> Scheme:
    return read_scheme(FOLDER / "shared-play.toml")


def keys_of(scheme: Scheme) -> list[str]:
    return [" ".join([tier.id, *(f"{code.id} {code.key}" for code in tier.codes)]) for tier in scheme.tiers]


def drawn(keys: str) -> list[str]:
    return [" ".join(line.split()) for line in keys.strip().splitlines()]


def shipped(name: str) -> Scheme:
    return read_scheme(FOLDER / f"{name}.toml")


def test_all_five_are_there_and_the_readme_names_them() -> None:
    names = ["cue-response", "face-to-face", "gaze-near", "ratings", "shared-play"]
    assert [path.stem for path in FILES] == names
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z-]+).toml` \|", readme, re.MULTILINE) == names
    templates = sorted(path.stem for path in (FOLDER / "templates").glob("*.toml"))
    assert re.findall(r"^\| `templates/(.*?).toml` \|", readme, re.MULTILINE) == templates


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_is_in_order(path: Path) -> None:
    assert scheme_problems(path) == ()
    scheme = read_scheme(path)
    assert scheme.id.name == path.stem
    assert scheme.licence == "CC BY 4.0"
    assert Keymap(scheme).problems == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_fits_the_json_schema(path: Path) -> None:
    validator = Draft202012Validator(scheme_json_schema())
    assert [error.message for error in validator.iter_errors(tomllib.loads(path.read_text("utf-8")))] == []


def test_the_json_schema_refuses_what_the_reader_refuses() -> None:
    raw = tomllib.loads((FOLDER / "gaze-near.toml").read_text("utf-8"))
    raw["tiers"][0]["codes"][0]["min_ms"] = "300"
    raw["tiers"][0]["lable"] = "x"
    paths = [list(error.path) for error in Draft202012Validator(scheme_json_schema()).iter_errors(raw)]
    assert sorted(map(len, paths)) == [2, 5]


def test_every_field_of_the_json_schema_is_described() -> None:
    schema = scheme_json_schema()
    tables = [schema, *schema["$defs"].values()]
    bare = [
        name for table in tables for name, field in table["properties"].items() if not field.get("description")
    ]
    assert len(tables) == 11
    assert bare == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_code_is_defined_with_examples_and_non_examples(path: Path) -> None:
    bare = [
        code.id
        for _, code in read_scheme(path).codes()
        if len(code.definition) < 50 or not code.examples or not code.non_examples
    ]
    assert bare == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_option_and_outcome_says_when_it_is_chosen(path: Path) -> None:
    scheme = read_scheme(path)
    details = {detail for _, code in scheme.codes() for detail in code.modifiers if detail.id != RATING}
    bare = [
        f"{detail.id}={option.id}"
        for detail in details
        for option in detail.options
        if len(option.definition) < 40 or not option.definition.endswith(".")
    ]
    assert bare == []
    assert path.stem == "ratings" or details


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_tier_has_a_rule_and_what_can_be_coded_a_target(path: Path) -> None:
    scheme = read_scheme(path)
    judged = [tier for tier in scheme.tiers if not all(code.uncodable for code in tier.codes)]
    assert [tier.id for tier in scheme.tiers if len(tier.rule) < 50] == []
    assert [one.id for one in (*judged, *scheme.links) if not one.targets] == []
    assert scheme.sources
    assert scheme.authors


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_made_of_sentences_that_can_be_read_at_the_moment_of_doubt(path: Path) -> None:
    """A sentence has at most 32 words: more cannot be held in the mind while a film waits."""
    scheme = read_scheme(path)
    texts = [scheme.summary, *(one.rule for one in (*scheme.tiers, *scheme.links))]
    texts += [code.definition for _, code in scheme.codes()]
    texts += [one.definition for link in scheme.links for one in link.outcomes]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.?])[”)]? ", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 32] == []


EVENT = ("event", 0.5)
AROUND = ("around", 0.5, "weak", 700_000)
TOUCH = (Evidence("touch", "on", 0.4, *EVENT, "medium"),)
APART = "head_distance_heads"
EVIDENCE = {
    "cue-response": {
        "cue_look": (Evidence("child_off_other_deg", "falls_by", 10, *AROUND),),
        "cue_voice": (Evidence("voice", "on", 0.3, *AROUND),),
        "cue_newact": (Evidence("child_motion", "rises_by", 1, *AROUND),),
        "act_talk": (Evidence("voice", "on", 0.3, "around", 0.5, "medium", 700_000),),
        "act_join": (Evidence("parent_motion", "rises_by", 1, *AROUND),),
        "act_touch": (Evidence("touch", "on", 0.3, *AROUND),),
    },
    "face-to-face": {
        "cp_watch": (Evidence("child_looks_face", "on", 0.4, *EVENT, "medium"),),
        "cp_doze": (Evidence("child_motion", "lowest_third", 0.5, *EVENT, "none"),),
        "p_quiet": (Evidence("parent_looks_face", "on", 0.4, *EVENT, "medium"),),
        "p_voice": (Evidence("voice", "on", 0.4, *EVENT, "medium"),),
        "p_still": (Evidence("parent_motion", "lowest_third", 0.5, *EVENT, "medium"),),
    },
    "gaze-near": {
        "cg_face": (Evidence("child_looks_face", "on", 0.4, *EVENT, "medium"),),
        "pg_face": (Evidence("parent_looks_face", "on", 0.4, *EVENT, "medium"),),
        "d_touch": (
            *TOUCH,
            Evidence("parent_hand_near", "on", 0.4, *EVENT, "medium"),
            Evidence(APART, "lowest_third", 0.5, *EVENT, "weak"),
        ),
        "d_room": (Evidence(APART, "highest_third", 0.5, *EVENT, "medium"),),
        "d_out": (Evidence("both_found", "off", 0.5, *EVENT, "medium"),),
        "t_none": (Evidence("touch", "off", 0.5, *EVENT, "weak"),),
        **dict.fromkeys(("t_kind", "t_play", "t_care", "t_hold"), TOUCH),
    },
    "ratings": {},
    "shared-play": {
        "en_off": (Evidence("child_motion", "lowest_third", 0.5, *EVENT, "none"),),
        "en_shared": (Evidence(APART, "lowest_third", 0.5, *EVENT, "weak"),),
        "en_mutual": (Evidence(APART, "lowest_third", 0.5, *EVENT, "weak"),),
        "turn_c": (Evidence("child_motion", "rises_by", 1, *AROUND),),
        "turn_p": (Evidence("parent_motion", "rises_by", 1, *AROUND),),
    },
}
MEASURED = {signal.id for signal in SIGNALS} | {"voice"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_evidence_is_what_a_camera_could_show_and_none_judges_feelings(path: Path) -> None:
    found = {code.id: code.evidence for _, code in read_scheme(path).codes() if code.evidence}
    assert found == EVIDENCE[path.stem]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_evidence_asks_for_nothing_that_is_not_measured(path: Path) -> None:
    scheme = read_scheme(path)
    owners = [*(code for _, code in scheme.codes()), *scheme.derived]
    assert {rule.feature for owner in owners for rule in owner.evidence} <= MEASURED


def test_absent_mutual_gaze_counts_against_no_engagement() -> None:
    """Joint play is possible without a look to the face (Yurkovic-Harding 2022)."""
    scheme = shipped("shared-play")
    rules = [rule for code in scheme.tier("engage").codes for rule in code.evidence]
    assert [rule for rule in rules if "toward" in rule.feature or "face" in rule.feature] == []


def test_cue_response_asks_of_each_cue_what_came_of_it() -> None:
    scheme = shipped("cue-response")
    (link,) = scheme.links
    assert (link.cues, link.acts, link.required) == ("cues", "acts", True)
    assert (link.window_us, link.prompt_us) == (3_000_000, 2_000_000)
    windows = {code.id: link.window_of(code) for code in scheme.tier("cues").codes}
    assert {code for code, window_us in windows.items() if window_us != link.window_us} == {"cue_distress"}
    assert windows["cue_distress"] == 5_000_000
    assert [(one.id, one.key, one.answered) for one in link.outcomes] == [
        ("o_match", "1", Answered.FITS),
        ("o_part", "2", Answered.LOOSELY),
        ("o_mis", "3", Answered.MISSES),
        ("o_none", "4", Answered.NONE),
        ("o_na", "5", Answered.UNKNOWN),
    ]
    assert all(len(one.definition) > 80 for one in link.outcomes)
    assert {one.id: (one.kind, "".join(option.key for option in one.options)) for one in link.details} == {
        "channel": ("multi", "VFTOM"),
        "tone": ("single", "WNG"),
        "follows": ("single", "SC"),
    }
    assert link.targets == (Target("estimated accuracy", 0.85, min_events=10),)


def test_ratings_cut_the_session_into_segments_that_are_watched_twice() -> None:
    (tier,) = shipped("ratings").tiers
    assert (tier.every_us, tier.shortest_us, tier.viewings) == (300_000_000, 180_000_000, 2)


def test_keys_of_gaze_near() -> None:
    assert keys_of(gaze()) == drawn(GAZE_KEYS)


def test_keys_of_shared_play() -> None:
    assert keys_of(play()) == drawn(PLAY_KEYS)


@pytest.mark.parametrize(("name", "keys"), [("cue-response", CUE_KEYS), ("face-to-face", FACE_KEYS)])
def test_keys_of_cue_response_and_face_to_face(name: str, keys: str) -> None:
    assert keys_of(shipped(name)) == drawn(keys)


def test_cue_response_is_two_lines_of_moments_with_what_could_not_be_seen() -> None:
    scheme = shipped("cue-response")
    f1 = Target("F1", 0.75, 0.6, tolerance_us=1_000_000, min_events=10)
    for stream, points, view in ((Stream.CHILD, "cues", "child_view"), (Stream.PARENT, "acts", "parent_view")):
        assert (scheme.tier(points).kind, scheme.tier(points).targets) == (TierKind.POINT, (f1,))
        assert {scheme.tier(name).stream for name in (points, view)} == {stream}
        (unseen,) = scheme.tier(view).codes
        assert (unseen.uncodable, unseen.min_us, scheme.tier(view).exhaustive) == (True, 1_000_000, False)


def test_face_to_face_tiers() -> None:
    scheme = shipped("face-to-face")
    traits = {tier.id: (tier.stream.value, tier.kind.value, tier.default) for tier in scheme.tiers}
    assert traits == {
        "ep": ("session", "state", None),
        "stop": ("session", "point", None),
        "cp": ("child", "state", "cp_thing"),
        "self": ("child", "state", "s_none"),
        "pp": ("parent", "state", "p_quiet"),
        "breaches": ("parent", "point", None),
    }
    assert all(tier.exhaustive for tier in scheme.tiers if tier.kind is TierKind.STATE)
    phases = [code for name in ("cp", "pp") for code in scheme.tier(name).codes if not code.uncodable]
    assert {(code.min_us, code.absorb_us) for code in phases} == {(1_000_000, 1_000_000)}
    assert [code.id for _, code in scheme.codes() if code.modifiers] == ["cp_cry", "cp_fuss"]
    (level,) = scheme.code("cp", "cp_cry").modifiers
    assert (level.id, level.kind, level.low, level.high) == ("level", "number", 1, 3)


def test_face_to_face_derived_measures_look_at_parts_of_the_session() -> None:
    derived = {one.id: one for one in shipped("face-to-face").derived}
    assert {one.within for one in derived.values()} == {"ep"}
    assert derived["matched"].of[1] == "cp_watch and p_quiet or cp_watch and p_voice"
    assert (derived["pause_effect"].parts, derived["repair_effect"].parts) == (
        ("ep_play", "ep_pause"),
        ("ep_pause", "ep_again"),
    )
    assert derived["pause_effect"].of == derived["repair_effect"].of
    assert derived["still_lost"].parameters == {"most_us": 2_000_000}


def test_every_item_of_the_ratings_has_its_own_anchors_and_asks_for_a_rating() -> None:
    (tier,) = shipped("ratings").tiers
    assert (tier.kind, tier.targets) == (TierKind.RATING, (Target("ICC(A,1)", 0.75, 0.6),))
    assert tier.scale == Scale(1, 7, (), (1, 2, 6, 7), "No opportunity")
    assert [code.id for code in tier.codes] == ["r_tuned", "r_impose", "r_warm", "r_mutual", "r_child", "r_flat"]
    assert {tuple(number for number, _ in code.anchors) for code in tier.codes} == {(1, 3, 5, 7)}
    assert len({words for code in tier.codes for _, words in code.anchors}) == 24
    (rating,) = {code.modifiers for code in tier.codes}
    assert [(one.id, one.kind, one.required) for one in rating] == [("rating", "single", True)]
    assert [option.id for option in rating[0].options] == [*"1234567", "na"]


def test_gaze_near_tiers() -> None:
    tiers = {tier.id: tier for tier in gaze().tiers}
    assert [tier.stream for tier in tiers.values()] == [Stream.CHILD, Stream.PARENT, Stream.DYAD, Stream.DYAD]
    assert all(tier.exclusive and tier.exhaustive and tier.kind is TierKind.STATE for tier in tiers.values())
    assert [tier.default for tier in tiers.values()] == [None, None, "d_reach", "t_none"]


def test_gaze_near_looks_last_300_ms_and_bridge_300_ms() -> None:
    looks = [
        code for tier in gaze().tiers[:2] for code in tier.codes if not code.uncodable and code.id != "cg_closed"
    ]
    assert {(code.min_us, code.absorb_us) for code in looks} == {(300_000, 300_000)}
    assert {code.modifiers[0].id for code in looks} == {"from"}
    assert gaze().code("cg", "cg_closed").min_us == 1_000_000


def test_gaze_near_modifier_from() -> None:
    (modifier,) = gaze().code("cg", "cg_face").modifiers
    assert (modifier.kind, modifier.required) == ("single", False)
    assert [(option.id, option.key) for option in modifier.options] == [("eyes", "Y"), ("head", "U")]


def test_gaze_near_evidence() -> None:
    scheme = gaze()
    assert scheme.code("cg", "cg_face").evidence == (
        Evidence("child_looks_face", "on", 0.4, "event", 0.5, "medium"),
    )
    assert scheme.code("pg", "pg_face").evidence == (
        Evidence("parent_looks_face", "on", 0.4, "event", 0.5, "medium"),
    )
    mutual = scheme.derived[0]
    assert mutual.evidence == (Evidence("mutual_face", "on", 0.4, "event", 0.7, "strong"),)
    assert mutual.targets == (Target("ICC(A,1)", 0.75),)


def test_gaze_near_derived() -> None:
    def codes_of(tier: str) -> tuple[str, ...]:
        return tuple(code.id for code in gaze().tier(tier).codes if not code.uncodable)

    assert [(one.id, one.rule, one.of) for one in gaze().derived] == [
        ("mutual_face", "both", ("cg_face", "pg_face")),
        ("joint_object", "both", ("cg_shared", "pg_shared")),
        ("child_leads", "led_by_first", ("cg_shared", "pg_shared")),
        ("look_back", "recovery", ("cg_face",)),
        ("child_gaze_share", "percent_time", codes_of("cg")),
        ("parent_gaze_share", "percent_time", codes_of("pg")),
        ("face_looks", "bouts", ("cg_face", "pg_face")),
        ("distance_share", "percent_time", codes_of("dist")),
        ("touch_share", "percent_time", codes_of("touch")),
    ]


def test_shared_play_states_absorb_and_ask() -> None:
    scheme = play()
    times = [(code.id, code.min_us // 1000, code.absorb_us // 1000) for code in scheme.tier("engage").codes]
    assert times[:4] == [(name, 1000, 0) for name in ("en_off", "en_watch", "en_person", "en_object")]
    assert times[4:] == [("en_shared", 3000, 3000), ("en_mutual", 3000, 3000), ("unc", 1000, 0)]
    started, kind = scheme.code("engage", "en_mutual").modifiers
    assert "".join(option.key for option in started.options) == "UIO"
    assert "".join(option.key for option in kind.options) == "GBTYHM"
    assert (scheme.tier("engage").default, scheme.tier("engage").stream) == ("en_off", Stream.CHILD)


def test_shared_play_points() -> None:
    scheme = play()
    (result,) = scheme.code("bids", "bid_p").modifiers
    assert [(option.id, option.key) for option in result.options] == [
        ("taken", "Z"),
        ("declined", "X"),
        ("ignored", "C"),
    ]
    f1 = Target("F1", 0.7, tolerance_us=1_000_000, min_events=10)
    assert scheme.tier("bids").targets == scheme.tier("turns").targets == (f1,)


def test_shared_play_derived() -> None:
    derived = {one.id: one for one in play().derived}
    assert list(derived) == [
        "time_share",
        "engage_bouts",
        "engage_transitions",
        "reciprocal_bout",
        "bids_taken",
        "bid_rate",
    ]
    assert derived["reciprocal_bout"].parameters == {"min_turns": 3, "gap_us": 4_000_000}
    assert derived["bids_taken"].of == ("bid_c:result=taken", "bid_p:result=taken")
    # A tier's id stands for its codes, without the uncodable ones.
    assert derived["time_share"].of[0] == "en_off"
    assert "unc" not in derived["time_share"].of


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_identity_is_name_version_and_exact_text(path: Path) -> None:
    text = path.read_bytes().decode()
    scheme = read_scheme(path)
    assert parse_scheme(text, path.name).id == scheme.id
    assert parse_scheme(text.replace("\n", "\r\n"), path.name).id != scheme.id
    assert parse_scheme(f"\ufeff{text}", path.name).id == scheme.id


def test_the_player_keeps_the_same_keys_here_and_on_the_bench() -> None:
    bench = {key for key in RESERVED if "+" not in key or key == "+"}
    assert {key for key in bench if not why_not(key)} == set()


def test_the_worked_example_of_the_manual() -> None:
    page = (FOLDER.parent / "docs" / "schemes.md").read_text("utf-8")
    example, _ = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    scheme = parse_scheme(example, "schemes.md")
    assert [code.key for _, code in scheme.codes()] == ["1", "2", "0", "W", "E", "Q", ""]
    assert [outcome.key for link in scheme.links for outcome in link.outcomes] == ["1", "2"]
    shown = set(re.findall(r"(?:^|[{,] )(\w+) =", example, re.MULTILINE))
    shown |= {
        name for heading in re.findall(r"^\[\[(.*?)\]\]", example, re.MULTILINE) for name in heading.split(".")
    }
    schema = scheme_json_schema()
    every = {name for table in [schema, *schema["$defs"].values()] for name in table["properties"]}
    assert every - shown == {"sampling", "parameters", "parts"}
    assert not [name for name in every if f"`{name}" not in page and name not in shown]
