"""The main job, end to end: real film, real study, real landmarks, real report."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coder.cli.main import cli
from coder.model.progress import Progress
from coder.model.statistic import TIME_UNIT_KAPPA
from coder.workflows.agenda import agenda
from coder.workflows.comparison import compare_study
from coder.workflows.demo import demo_steps
from coder.workflows.passes import open_pass
from coder.workflows.steps import finish
from coder.workflows.studies import check_study, open_study, overview


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "study"
    result = CliRunner().invoke(cli, ["demo", "--folder", str(folder), "--no-window"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "Report:" in result.stdout
    return folder


def test_the_study_holds_two_coders_passes_and_what_was_measured(demo: Path) -> None:
    with open_study(demo) as store:
        assert not check_study(store)
        rows = {row.session.name: row for row in overview(store).sessions}
    assert set(rows) == {"dyad-first", "first-practice", "shared-play", "two-cameras"}
    two = rows.pop("two-cameras").session.media
    assert [(media.role, media.offset_us, media.skew_ppm) for media in two] == [
        ("camera 1", 0, 0),
        ("camera 2", 1_500_000, 120),
    ]
    for row in rows.values():
        submitted = {
            (made.coder.name, made.header.scheme.name) for made in row.passes if made.header.status == "submitted"
        }
        assert submitted == {(who, what) for who in ("Robin", "Sasha") for what in ("gaze-near", "shared-play")}
    seen = rows["dyad-first"].measured
    assert seen is not None
    assert (seen.both or 0) > 0.9


def test_three_sessions_give_limits_over_sessions_and_some_differences_are_settled(demo: Path) -> None:
    with open_study(demo, looking=True) as store:
        found, topics = compare_study(store), agenda(store).schemes[0].topics
    assert [one.sessions for one in found.pooled] == [3, 3]
    looks = [
        one
        for one in found.pooled[0].agreements
        if (one.statistic, one.tier, one.code, one.detail) == (TIME_UNIT_KAPPA, "cg", None, "")
    ]
    assert ["jackknife" in one.estimate.method for one in looks] == [True, True]
    assert {topic.code for topic in topics[:2]} == {"t_kind", "t_play"}  # where the scheme was unclear


def test_the_report_stands_alone_and_prints_no_undefined_number(demo: Path) -> None:
    page = (demo / "reports" / "reliability.html").read_text("utf-8")
    assert "Robin" in page
    assert "Sasha" in page
    assert "nothing to disagree about" in page
    assert ">nan<" not in page.lower()
    assert "://" not in page.replace("http://www.w3.org", "")


def test_a_second_run_does_nothing_twice(demo: Path) -> None:
    with open_study(demo) as store:
        before = [(header.id, store.event_count(header.id)) for header in store.passes()], store.tracks()
    told = [progress.text for progress in _run(demo)]
    assert not [text for text in told if "Measuring" in text]
    with open_study(demo) as store:
        assert before == ([(header.id, store.event_count(header.id)) for header in store.passes()], store.tracks())


def test_the_commands_see_what_the_demo_made(demo: Path) -> None:
    shown = json.loads(CliRunner().invoke(cli, ["study", "show", str(demo), "--json"]).stdout)
    assert [len(session["passes"]) for session in shown["sessions"]] == [5, 4, 4, 1]


def test_a_coder_is_blind_to_the_curves_until_the_pass_is_submitted(demo: Path) -> None:
    with open_study(demo) as store:
        (film,) = (session for session in store.sessions() if session.name == "dyad-first")
        opened = [open_pass(store, header.id) for header in store.passes(film.id)]
    seen = {one.coder.name: (bool(one.tracks), bool(one.remark)) for one in opened}
    assert seen == {"Robin": (True, False), "Sasha": (True, False), "You": (False, True)}


def _run(folder: Path) -> list[Progress]:
    told: list[Progress] = []
    finish(demo_steps(folder), told.append)
    return told
