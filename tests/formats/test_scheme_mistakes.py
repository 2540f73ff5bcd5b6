"""Every mistake in a scheme file is told in a sentence, with its line, and all of them at once."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coder.formats import find_scheme, parse_scheme, read_scheme, scheme_problems
from coder.model.problem import SchemeError
from tests.formats import UNHURRIED

HERE = Path(__file__).parent
GOOD = (HERE / "small.toml").read_text("utf-8")


def problems_of(text: str) -> list[str]:
    try:
        parse_scheme(text, "small.toml")
    except SchemeError as error:
        return [str(problem) for problem in error.problems]
    return []


def changed(*changes: tuple[str, str]) -> str:
    text = GOOD
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def test_the_small_scheme_is_in_order() -> None:
    assert problems_of(GOOD) == []


def mistakes() -> list[tuple[str, str, list[str]]]:
    """What is taken away, what is put in its place, and all that is told then; seen in scheme_mistakes.txt."""
    blocks = (HERE / "scheme_mistakes.txt").read_text("utf-8").strip().split("\n\n")[1:]
    rows = [block.splitlines() for block in blocks]
    return [(before[2:].replace("⏎", "\n"), after[2:].replace("⏎", "\n"), told) for before, after, *told in rows]


@pytest.mark.parametrize(("before", "after", "told"), mistakes())
def test_a_mistake_is_told_where_it_is(before: str, after: str, told: list[str]) -> None:
    assert told
    assert problems_of(changed((before, after))) == told


def test_an_item_that_is_rated_has_its_rating_from_the_scale() -> None:
    declared = ('id = "level"', 'id = "rating"'), ('["how", "level"]', '["how", "rating"]')
    assert problems_of(changed(*declared)) == []
    item = 'definition = "How warm it is."'
    assert problems_of(changed(*declared, (item, f'{item}\nmodifiers = ["rating"]'))) == [
        "small.toml:82 tier warmth, code warm, modifiers 1: An item that is rated has the modifier “rating” "
        "already. Remove it, and give the modifier another id."
    ]


@pytest.mark.parametrize(
    ("rule", "rest"),
    [
        ("percent_time", 'of = ["face"]'),
        ("both", 'of = ["smile", "calm"]'),
        ("recovery", 'of = ["smile"]'),
        ("alternation", 'of = ["call", "call"]\nparameters = { min_turns = 3, gap_ms = 1000 }'),
    ],
)
def test_rules_of_derived_measures(rule: str, rest: str) -> None:
    assert problems_of(changed(('"modifier_share"', f'"{rule}"'), ('of = ["call:how=loud"]', rest))) == []


def test_uncodable_codes_share_their_id_across_tiers_but_not_within_one() -> None:
    def unc(key: str) -> str:
        return f'[[tiers.codes]]\nid = "unc"\nlabel = "X"\nkey = "{key}"\ndefinition = "X"\nuncodable = true\n\n'

    second = f'[[tiers]]\nid = "voice"\nlabel = "V"\nstream = "child"\nkind = "state"\n{unc("9")}[[derived]]'
    assert problems_of(changed(("[[derived]]", second))) == []
    (told,) = problems_of(changed(('[[tiers]]\nid = "calls"', f'{unc("9")}[[tiers]]\nid = "calls"')))
    assert "“unc” is already used" in told


def test_options_of_two_modifiers_may_share_a_key_only_if_no_code_asks_for_both() -> None:
    third = (
        '[[modifiers]]\nid = "mood"\nlabel = "M"\nkind = "multi"\noptions = [{ id = "x", label = "X", key = "u" }]'
    )
    apart = changed(
        ('[[modifiers]]\nid = "level"', f'{third}\n\n[[modifiers]]\nid = "level"'), ('"level"]', '"level"]')
    )
    with_calm = apart.replace(
        'definition = "Anything else."', 'definition = "Anything else."\nmodifiers = ["mood"]'
    )
    assert problems_of(with_calm) == []
    together = with_calm.replace('["how", "level"]', '["how", "level", "mood"]')
    (told,) = problems_of(together)
    assert "option x, key: The key “U” already chooses “loud” with the same code." in told


def test_all_mistakes_of_a_file_are_listed_in_the_order_of_its_lines(tmp_path: Path) -> None:
    text = changed(
        ('label = "Smile"', 'lable = "Smile"'),
        ('key = "2"', 'key = "K"'),
        ("uncodable = true", 'uncodable = "yes"'),
        ('id = "warm"', 'id = "face"'),
        ('default = "calm"', 'default = "clam"'),
        ('["how"]', '["hwo"]'),
        ("[1, 7]", "[1, 8]"),
        ("call:how=loud", "call:how=lout"),
    )
    path = tmp_path / "small.toml"
    path.write_text(text, "utf-8")
    told = scheme_problems(path)
    lines = [int(problem.where.split(":")[1].split()[0]) for problem in told]
    assert lines == sorted(lines)
    assert [problem.where.split(" ", 1)[1] for problem in told] == [
        "tier face, default",
        "tier face, code smile",
        "tier face, code smile, lable",
        "tier face, code calm, key",
        "tier face, code unc, uncodable",
        "tier calls, code call, modifiers 1",
        "tier warmth, scale, reasons_for 2",
        "tier warmth, code face, id",
        "derived calls_in_turn, of 1",
    ]
    with pytest.raises(SchemeError) as raised:
        read_scheme(path)
    assert tuple(raised.value.problems) == told


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "small.toml", "The file is empty."),
        ("\n \n", "small.toml", "The file is empty."),
        ("name: small\ntiers:\n  - id: x\n", "small.toml", "This is not a TOML file."),
        ("---\nname: x\n", "small.toml", "This is not a TOML file."),
        ('name = "x"\ntitle = small\n', "small.toml:2", "This is not valid TOML: Invalid value."),
        ('name = "x"\n\nname = "y"\n', "small.toml:3", "This is not valid TOML: Cannot overwrite a value."),
        ('name = "x"\ntitle = "open\n', "small.toml:2", "This is not valid TOML: Illegal character"),
        ("a = " + "[" * 5000, "small.toml", "The tables and lists are nested too deeply"),
        ("a = " + "[" * 400 + "]" * 400, "small.toml", "The tables and lists are nested too deeply"),
        ("a" + ".a" * 60 + " = 1", "small.toml", "The tables and lists are nested too deeply"),
        ("a = 0x" + "F" * 5000, "small.toml", "The file holds a number of more than 64 bits."),
        ("a" + ".a" * 50_000 + " = 1", "small.toml", "The file holds a name with more than 100 dots."),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_toml_is_told_in_one_sentence(text: str, place: str, what: str) -> None:
    with pytest.raises(SchemeError) as raised:
        parse_scheme(text, "small.toml")
    (problem,) = raised.value.problems
    assert problem.where == place
    assert problem.what.startswith(what)


def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path: Path) -> None:
    latin, huge = tmp_path / "latin.toml", tmp_path / "huge.toml"
    latin.write_bytes('name = "x"\ntitle = "Blick und Nähe"\n'.encode("latin-1"))
    huge.write_bytes(b"#" * 600_000)
    told = {path.name: scheme_problems(path) for path in (latin, huge, tmp_path, tmp_path / "none.toml")}
    assert all(len(problems) == 1 for problems in told.values())
    assert str(told["latin.toml"][0]).startswith("latin.toml:2: The file is not UTF-8 text.")
    assert "500 kB" in told["huge.toml"][0].what
    assert told[tmp_path.name][0].what.startswith("The file cannot be read")
    assert told["none.toml"][0].what == "There is no such file."


def test_a_scheme_is_found_by_name_or_path(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(GOOD, "utf-8")
    assert find_scheme("small", tmp_path) == path
    assert find_scheme(str(path), tmp_path / "elsewhere") == path
    with pytest.raises(SchemeError, match=r"no scheme “smal”\. Did you mean “small”"):
        find_scheme("smal", tmp_path)
    with pytest.raises(SchemeError, match="There is no such file"):
        find_scheme(str(tmp_path / "none.toml"), tmp_path)


@UNHURRIED
@given(st.binary(max_size=300))
@example(b"\x00")
@example(b"\xef\xbb\xbf")
def test_garbage_is_a_scheme_error(data: bytes) -> None:
    told = problems_of(data.decode("utf-8", "replace"))
    assert told
    assert all(problem.startswith("small.toml") for problem in told)


VALUES = st.sampled_from(
    [
        *('""', '"x"', '"é"', "0", "-1", "1e400", "nan", "true", "999999999999999999", "1979-05-27"),
        *("[]", "[[]]", "[{}]", "[1]", '["a", 1]', "{}", "{ low = 1, high = 1e9 }"),
    ]
)
ROWS = GOOD.splitlines()
FIELDS = [at for at, row in enumerate(ROWS) if " = " in row and not row.startswith(" ")]


@settings(UNHURRIED, max_examples=300)
@given(
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8),
    st.sets(st.integers(0, len(ROWS) - 1), max_size=5),
)
def test_a_scheme_spoilt_in_any_way_is_never_more_than_a_scheme_error(
    spoilt: dict[int, str], lost: set[int]
) -> None:
    rows = [
        f"{row.split(' = ')[0]} = {spoilt[at]}" if at in spoilt else row
        for at, row in enumerate(ROWS)
        if at not in lost
    ]
    assert all(problem.startswith("small.toml") for problem in problems_of("\n".join(rows)))
