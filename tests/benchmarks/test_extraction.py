"""The benchmark of measuring: its short form runs, and its bare loop does the same work as the program's eyes."""

import pytest

from benchmarks import extraction


def test_the_short_form_prints_a_line_for_everything(capsys: pytest.CaptureFixture[str]) -> None:
    extraction.main(["--short"])
    said = capsys.readouterr().out
    assert said.startswith("20 looks")
    for line in (
        "bare loop:",
        "model calls a look",
        "one process:",
        "two processes:",
        "one process against the bare loop, wall time:",
        "one process against the bare loop, cpu time:",
        "one process against bare models with crops given ready, cpu time:",
        "one process against the same looking in a bare loop, cpu time:",
        "two processes against one, throughput:",
        "two processes against one, cpu time:",
    ):
        assert line in said
