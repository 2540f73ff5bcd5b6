"""On which day what was, when a clock is wrong or a certificate late: days are UTC, of the study’s journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from coder.model.training import Standing
from coder.workflows.training.certifying import certificates, standing_of
from coder.workflows.training.progress import progress
from tests.workflows.training.small_course import go, learnt, training


@contextmanager
def on(day: date, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is coded and submitted meanwhile is written down as of half an hour before that day's end."""
    with monkeypatch.context() as clock:
        clock.setattr("coder.store.journal.now_text", lambda: f"{day.isoformat()}T23:30:00.000000+00:00")
        yield


def test_a_certificate_is_of_the_day_of_the_last_submission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    leap_day = date(2024, 2, 29)
    with store:
        with on(leap_day, monkeypatch), monkeypatch.context() as power_cut:
            power_cut.setattr("coder.workflows.passes.certify_after", lambda *_: None)
            learnt(store, taken, ann)
            go(store, taken, ann, "a")
            go(store, taken, ann, "b")
        assert certificates(store) == ()
        found = progress(store, taken, ann.id, leap_day + timedelta(30))
        (paper,) = certificates(store)
        assert (paper.issued_at, paper.expires_at) == ("2024-02-29", "2024-09-16"), "200 days on"
        assert found.where.standing is Standing.CERTIFIED
        assert standing_of(store, taken, ann.id, leap_day + timedelta(90)).standing is Standing.DUE_SOON
        assert standing_of(store, taken, ann.id, leap_day + timedelta(91)).standing is Standing.ABSENT


def test_days_that_are_yet_to_come_are_no_days_of_coding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    today = datetime.now(UTC).date()
    with store:
        with on(today, monkeypatch):
            learnt(store, taken, ann)
            go(store, taken, ann, "a")
            go(store, taken, ann, "b")
        with on(today + timedelta(60), monkeypatch):  # the clock was fast, and is set back
            go(store, taken, ann, "try")
        early, late = (standing_of(store, taken, ann.id, today + timedelta(days)) for days in (50, 70))
        assert (early.last_coded_on, early.due_on) == (today, today + timedelta(91))
        assert (late.last_coded_on, late.due_on) == (today + timedelta(60), today + timedelta(151))
