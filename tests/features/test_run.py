"""The child process: what it sends, how it is ended, and how it can fail."""

import logging
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coder.features.extractor import Block, make, names
from coder.features.provenance import provenance
from coder.features.run import extract
from coder.model.problem import FeatureError, MediaError
from coder.model.progress import Progress
from tests.features import plugins

FILM = Path(__file__).parents[2] / "sample_media" / "dyad-first.mp4"


@pytest.fixture
def _plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)


pytestmark = pytest.mark.usefixtures("_plugins")


def blocks_of(extractor: str, start: int = 0) -> list[Block]:
    """Every block of the sample film."""
    return [message for message in extract(FILM, extractor, {}, start=start) if isinstance(message, Block)]


def until_failure(extractor: str, patience_s: float = 60) -> tuple[list[Block], FeatureError]:
    """What was finished, and what then went wrong."""
    finished: list[Block] = []
    messages = extract(FILM, extractor, {}, patience_s=patience_s)
    with pytest.raises(FeatureError) as caught:
        finished.extend(message for message in messages if isinstance(message, Block))
    assert not multiprocessing.active_children()
    return finished, caught.value


def test_a_plug_in_is_found_and_its_blocks_come_in_order_with_the_times_of_the_frames() -> None:
    assert "brightness" in names()
    blocks = blocks_of("brightness")
    assert [(block.start, block.stop) for block in blocks] == [(0, 50), (50, 100), (100, 150), (150, 200)]
    assert np.concatenate([block.at_us for block in blocks]).tolist() == [i * 40_000 for i in range(200)]
    assert not multiprocessing.active_children()


def test_measuring_goes_on_after_the_last_finished_block() -> None:
    whole, rest = blocks_of("change"), blocks_of("change", start=100)
    assert [block.start for block in rest] == [100, 150]
    assert all(np.array_equal(a.values, b.values) for a, b in zip(whole[2:], rest, strict=True))
    assert blocks_of("change", start=200) == []


def test_a_start_between_two_blocks_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="multiple of 50 frames, not at 7"):
        next(extract(FILM, "brightness", {}, start=7))


def test_closing_the_iterator_ends_the_children() -> None:
    messages = extract(FILM, "brightness", {}, workers=2)
    assert isinstance(next(messages), Progress)
    pids = [child.pid for child in multiprocessing.active_children()]
    assert pids
    messages.close()
    assert not multiprocessing.active_children()
    if hasattr(os, "fork"):  # signal 0 asks whether a process is there, on these systems only
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid or 0, 0)


@pytest.mark.parametrize(
    ("extractor", "told"),
    [
        (
            "killed",
            "Measuring stopped: the system ended its process" if os.name == "posix" else "Measuring stopped",
        ),
        ("aborting", "Measuring stopped: its process ended by itself"),
        ("greedy", "there was not enough memory"),
        ("raising", "ZeroDivisionError: an extractor's own mistake"),
        ("careless", "broke its promise: it gave frames out of order or outside of the segment"),
    ],
)
def test_a_child_that_goes_wrong_is_one_sentence_and_leaves_what_was_finished(
    extractor: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL, "coder.features"):
        finished, error = until_failure(extractor)
    assert [block.stop for block in finished] == [50]
    assert told in str(error)
    assert len(error.problems) == 1


def test_a_mistake_in_an_extractor_leaves_its_traceback_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    until_failure("raising")
    assert "plugins.py" in caplog.text


def test_a_child_that_hangs_is_ended() -> None:
    finished, error = until_failure("hanging", patience_s=3)
    assert [block.stop for block in finished] == [50]
    assert "nothing was heard of it for 3 s" in str(error)


def test_a_film_that_is_none_is_told_as_the_films_fault(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"this is no film" * 100)
    with pytest.raises(MediaError):
        list(extract(broken, "brightness", {}))
    assert not multiprocessing.active_children()


def test_an_unknown_extractor_and_an_unknown_setting_are_told_before_anything_starts() -> None:
    with pytest.raises(FeatureError, match=r"No extractor “horoscope” is installed\. Installed: .*people"):
        next(extract(FILM, "horoscope", {}))
    with pytest.raises(FeatureError, match="colour: There is no such setting"):
        next(extract(FILM, "people", {"colour": "red"}))


def test_a_plug_in_that_is_broken_is_told_with_where_it_comes_from() -> None:
    with pytest.raises(FeatureError, match=r"“lost” cannot be loaded: .*Update or remove .*plugins:Lost"):
        make("lost", {})
    with pytest.raises(FeatureError, match=r"“unfinished” is registered as an extractor and is none"):
        make("unfinished", {})
    with pytest.raises(FeatureError, match="registered as “misnamed” calls itself “change”"):
        make("misnamed", {})


def test_provenance_counts_frames_that_the_decoder_could_not_give() -> None:
    class EveryThird(plugins.Brightness):
        step = 3

    def block(start: int, stop: int, *indices: int) -> Block:
        return Block(start, stop, np.array(indices), np.array(indices), np.zeros((1, 0)), np.zeros((1, 0), bool))

    told = provenance(EveryThird({"a": "b"}), "f" * 64, [block(0, 10, 0, 3, 9), block(10, 20, 12, 15, 18)])
    assert (told.frames_decoded, told.frames_dropped) == (6, 1)  # of 0 3 6 9 | 12 15 18, frame 6 is missing
    assert (told.media_sha256, told.settings, told.extractor) == ("f" * 64, {"a": "b"}, "brightness")
    assert told.packages == {"numpy": np.__version__}


def test_provenance_of_the_built_in_extractor_names_models_and_packages() -> None:
    told = provenance(make("people", {}), "0" * 64, [])
    assert set(told.models) == set(make("people", {}).models)
    assert told.packages["mediapipe"] == "0.10.33"


def test_the_process_with_the_window_never_loads_mediapipe() -> None:
    ask = (
        "import sys, pkgutil, importlib, coder.features as f\n"
        "for m in pkgutil.iter_modules(f.__path__):\n"
        "    importlib.import_module(f'coder.features.{m.name}')\n"
        "from coder.features.extractor import make\n"
        "assert make('people', {}).signals\n"
        "print(sorted({'cv2', 'mediapipe', 'matplotlib'} & set(sys.modules)))\n"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open sockets are listed there on Linux only")
def test_the_models_open_no_socket_and_leave_qts_environment_alone() -> None:
    ask = (
        "import os, numpy as np\n"
        "from coder.features.extractor import Picture\n"
        "from coder.features.seeing.eyes import Eyes\n"
        "eyes = Eyes()\n"
        "eyes.look(Picture(0, 0, np.zeros((360, 640, 3), np.uint8)))\n"
        "open_files = [os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')[:-1]]\n"
        "print([name for name in open_files if name.startswith('socket')])\n"
        "print([name for name in os.environ if name.startswith('QT_QPA_FONT') or name.endswith('PLUGIN_PATH')])\n"
        "eyes.close()\n"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["[]", "[]"]


def test_the_terminal_stays_quiet_while_the_models_work(tmp_path: Path) -> None:
    script = tmp_path / "measure.py"  # a child process reads the file that its parent was started from
    script.write_text(
        "from pathlib import Path\n"
        "from coder.features.run import extract\n"
        "if __name__ == '__main__':\n"
        f"    messages = extract(Path({str(FILM)!r}), 'people', {{'every': '25'}})\n"
        "    print(sum(1 for message in messages if hasattr(message, 'values')))\n",
        encoding="utf-8",
    )
    told = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (told.stdout.strip(), told.stderr) == ("1", "")
