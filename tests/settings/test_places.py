"""Places come back, the newest ones only, and a damaged file is no harm."""

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
