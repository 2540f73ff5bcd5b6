"""Commands and the terminal: code pages, Ctrl+C, many mistakes, exit codes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from coder.cli import scheme
from coder.cli.main import main
from coder.model.problem import FormatError, Problem


def test_a_sign_that_the_console_lacks_does_not_end_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coder", "scheme", "show", "gaze-near"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"3\\u201336 months" in done.stdout


def test_json_is_the_same_to_every_program_where_the_output_is_a_code_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coder", "scheme", "list", "--json"],
        env={**os.environ, "PYTHONIOENCODING": "cp437"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("ascii"))


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`main` as the terminal calls it for `coder scheme list`; what it does to signals is taken back."""
    monkeypatch.setattr(sys, "argv", ["coder", "scheme", "list"])
    usual = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, usual)


@pytest.mark.usefixtures("door")
def test_ctrl_c_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scheme, "library", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "Stopped. What was finished is kept."


@pytest.mark.usefixtures("door")
def test_a_table_full_of_mistakes_does_not_fill_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong() -> None:
        raise FormatError(*(Problem("Wrong.", f"row {row}") for row in range(1, 1_001)))

    monkeypatch.setattr(scheme, "library", wrong)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    *told, last = capsys.readouterr().err.splitlines()
    assert told == [f"row {row}: Wrong." for row in range(1, 51)]
    assert last == "… and 950 more problems. Mend these first."


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
@pytest.mark.parametrize("words", [[], ["open"], ["open", "nowhere"]])
def test_without_a_display_the_window_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["coder", *words])
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("There is no display")


@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), (["bogus"], 2), (["scheme", "show"], 2)])
def test_exit_codes(monkeypatch: pytest.MonkeyPatch, words: list[str], code: int) -> None:
    monkeypatch.setattr(sys, "argv", ["coder", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
