"""No scheme file, however mangled, does more than raise a SchemeError with its problems."""

from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from coder.formats import read_scheme
from coder.model.problem import SchemeError
from tests.formats import UNHURRIED

ROOT = Path(__file__).parents[2]
FILES = [
    (Path(__file__).parent / "small.toml").read_bytes(),
    *(path.read_bytes() for path in sorted((ROOT / "schemes").glob("templates/*.toml"))),
    (ROOT / "schemes" / "ratings.toml").read_bytes(),
    (ROOT / "schemes" / "cue-response.toml").read_bytes(),
]
QUICK = settings(UNHURRIED, max_examples=120, phases=(Phase.explicit, Phase.generate, Phase.shrink))
PIECES = st.sampled_from(
    [
        *(b"[[tiers]]", b"[[tiers.codes]]", b"[tiers]", b"[a.b.c]", b"[[links]]\n", b"x = 1\n", b'"""', b"'''"),
        *(b"[" * 2000, b"{ a = " * 300, b"a." * 3000 + b"a = 1\n", b'"' + b"k" * 100_000 + b'" = 1\n'),
        *(b"\xff\xfe", b"\x00", b"\xef\xbb\xbf", b"\r", b"\\u", b"#", b"= ", b"nan", b"1e999", b"9" * 5000),
        *(b"key = 5\n", b"label = []\n", b"codes = {}\n", b"modifiers = 1\n", b"options = [[]]\n", b"id = true\n"),
    ]
)


def problems(tmp: Path, data: bytes) -> list[str]:
    """What reading these bytes as a scheme tells; empty if it is a scheme after all."""
    file = tmp / "mangled.toml"
    file.write_bytes(data)
    try:
        read_scheme(file)
    except SchemeError as error:
        told = [str(problem) for problem in error.problems]
        assert told
        assert all(told)
        return told
    return []


@QUICK
@given(st.sampled_from(FILES), st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=6))
def test_flipped_bytes(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, flips: list[tuple[int, int]]
) -> None:
    mangled = bytearray(data)
    for at, byte in flips:
        mangled[at % len(mangled)] = byte
    problems(tmp_path_factory.getbasetemp(), bytes(mangled))


@QUICK
@given(st.sampled_from(FILES), st.lists(st.tuples(st.integers(0), PIECES), min_size=1, max_size=3))
@example(FILES[0], [(0, b"[" * 2000)])
def test_pieces_where_they_do_not_belong(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, pieces: list[tuple[int, bytes]]
) -> None:
    for at, piece in pieces:
        lines = data.split(b"\n")
        lines.insert(at % len(lines), piece)
        data = b"\n".join(lines)
    problems(tmp_path_factory.getbasetemp(), data)


@QUICK
@given(st.sampled_from(FILES), st.data())
def test_lines_lost_doubled_and_swapped(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, draw: st.DataObject
) -> None:
    lines = data.split(b"\n")
    some = st.integers(0, len(lines) - 1)
    for one, other in draw.draw(st.lists(st.tuples(some, some), min_size=1, max_size=5)):
        match (one + other) % 3:
            case 0:
                lines[one], lines[other] = lines[other], lines[one]
            case 1:
                lines[one] = lines[other]
            case 2:
                lines[one] = b""
    problems(tmp_path_factory.getbasetemp(), b"\n".join(lines))


@QUICK
@given(st.sampled_from(FILES), st.integers(0))
def test_a_file_that_ends_too_soon(tmp_path_factory: pytest.TempPathFactory, data: bytes, at: int) -> None:
    problems(tmp_path_factory.getbasetemp(), data[: at % len(data)])


def test_tables_and_names_of_any_size(tmp_path: Path) -> None:
    deep = b"a = " + b"[" * 90 + b"]" * 90
    assert len(problems(tmp_path, deep)) == 1
    assert problems(tmp_path, b"[" + b".".join([b"a"] * 90) + b"]\nx = 1")
    assert problems(tmp_path, b"".join(b"k%d = 1\n" % n for n in range(3000)))
    assert problems(tmp_path, b'name = "' + b"x" * 400_000 + b'"')
    assert problems(tmp_path, b"[[tiers]]\n" * 3000)
