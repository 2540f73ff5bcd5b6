"""Commands where the terminal knows a code page only, as on Windows."""

import os
import subprocess
import sys


def test_a_sign_that_the_console_lacks_does_not_end_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coder", "scheme", "show", "gaze-near"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"3\\u201336 months" in done.stdout
