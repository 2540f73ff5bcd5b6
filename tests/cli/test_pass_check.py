"""`coder pass check`: what is to be mended, what the rules would do, and doing it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coder.cli.main import cli
from coder.model.time import Span
from coder.settings.shipped import shipped
from coder.workflows.exchange import import_events
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study, open_study

# Joy is interrupted for half a second; the phases of the parent begin with a second that nobody coded; the mouth
# is at the strap for less than the second that it needs.
ROWS = """tier,code,onset,offset,modifiers,note
ep,ep_play,0,8,,
cp,cp_joy,0,3,,
cp,cp_watch,3,3.5,,
cp,cp_joy,3.5,8,,
pp,p_joy,1,8,,
self,s_none,0,2,,
self,s_oral,2,2.6,,
self,s_none,2.6,8,,
"""

Check = Callable[..., Result]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    folder = tmp_path / "study"
    with new_study(folder, "Rules") as store:
        add_session(store, shipped("sample_media") / "dyad-first.mp4", "First", window=Span(0, 8_000_000))
        table = tmp_path / "pass.csv"
        table.write_text(ROWS, "utf-8")
        import_events(store, table, session="First", coder="Anna", scheme="face-to-face", submitted=False)
    names = ["--session", "First", "--coder", "Anna", "--scheme", "face-to-face"]
    return lambda *more: CliRunner().invoke(cli, ["pass", "check", str(folder), *names, *more])


def test_it_tells_what_the_rules_would_do_and_changes_nothing(check: Check, tmp_path: Path) -> None:
    told = check()
    assert told.exit_code == 0
    rows = [line for line in told.stdout.splitlines() if line.startswith("00:00")]
    assert ["done by the rules" in row for row in rows] == [True, False, True]
    assert "“Mouth” lasts 0.600 s" in rows[1]
    assert "would change the pass: 1 short interruption absorbed, 1 gap filled. --apply does it." in told.stdout
    with open_study(tmp_path / "study") as store:
        (header,) = store.passes()
        assert len(store.load_pass(header.id)) == 8


def test_it_applies_them_as_one_edit_and_once(check: Check) -> None:
    done = check("--apply")
    assert "Done: Apply the rules: 1 interruption absorbed, 1 gap filled." in done.stdout
    again = check("--apply")
    assert (again.exit_code, "change nothing in this pass" in again.stderr) == (1, True)


def test_programs_get_json_with_the_viewings(check: Check, tmp_path: Path) -> None:
    with open_study(tmp_path / "study") as store:
        (header,) = store.passes()
        store.add_viewing(header.id, Span(0, 8_000_000), actor=header.coder_id)
    found = json.loads(check("--json").stdout)
    assert found["rules"] == {"absorbed": 1, "filled": 1}
    assert found["viewings"] == [{"span": {"start_us": 0, "end_us": 8_000_000}, "times": 1}]
    assert len(found["findings"]) == 3
    assert "00:00:00.000 to 00:00:08.000 was watched once." in check().stdout
