"""Places come back, the newest ones only, and a damaged file is no harm."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coder.model.problem import CoderError
from coder.settings.places import PLACES_AT_MOST, KeptPlace, PlacesFile

HERE = KeptPlace(at_us=5_000_000, start_us=1.5, us_per_px=2_000.0, tiers=("engage",), hidden=True)


def test_a_place_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "new" / "places.json"
    PlacesFile(path).keep("p", HERE)
    again = PlacesFile(path)
    assert again.of("p") == HERE
    assert again.of("q") is None
    assert [one.name for one in path.parent.iterdir()] == ["places.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"places": {"p": {"at_us": "5"}}}'])
def test_a_damaged_file_is_passed_over_and_written_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "places.json"
    path.write_bytes(content)
    file = PlacesFile(path)
    assert file.of("p") is None
    file.keep("p", HERE)
    assert PlacesFile(path).of("p") == HERE


def test_the_oldest_places_leave(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    file = PlacesFile(path)
    for number in range(PLACES_AT_MOST + 2):
        file.keep(str(number), KeptPlace(at_us=number))
        if number == 1:
            file.keep("0", HERE)  # used again, so that 1 is the oldest now
    again = PlacesFile(path)
    gone = [again.of(name) is None for name in ("1", "0", "2", str(PLACES_AT_MOST + 1))]
    assert gone == [True, True, False, False]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(CoderError):
        PlacesFile(tmp_path / "file" / "places.json").keep("p", HERE)


KEEPER = """
import sys
from pathlib import Path
from coder.settings.places import KeptPlace, PlacesFile
file, number = PlacesFile(Path(sys.argv[1])), int(sys.argv[2])
while True:
    number += 1
    file.keep(f"pass {number % 150}", KeptPlace(at_us=number, tiers=("a tier with a long name",) * 20))
    print(number, flush=True)
"""


def test_a_program_that_is_killed_while_it_writes_leaves_whole_places(tmp_path: Path) -> None:
    path, chance, kept = tmp_path / "places.json", random.Random(5), 0
    for run in range(8):
        first = run * 1_000_000  # no run tells a number of another
        with subprocess.Popen(
            [sys.executable, "-c", KEEPER, str(path), str(first)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline()]
            time.sleep(chance.random() * 0.2)
            child.kill()
            lines += child.stdout.readlines()
        told = [int(line) for line in lines if line.endswith("\n")]
        again = PlacesFile(path)
        found = [place.at_us for number in range(150) if (place := again.of(f"pass {number}")) is not None]
        assert told, "the child has kept nothing"
        place = again.of(f"pass {told[-1] % 150}")
        assert place is not None
        assert place.at_us == told[-1]
        assert len(found) >= min(len(told), 150)
        kept += len(told)
    assert kept > 8
