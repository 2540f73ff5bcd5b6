"""How long the rest will take: nothing before it is known, steady, and for each extractor by its own cost."""

from coder.features.pace import Pace


def test_nothing_is_said_before_every_extractor_that_is_left_was_heard_of() -> None:
    pace = Pace()
    assert pace.left_s({"people": 100, "voice": 100}, 1) is None
    pace.heard("people", 200, 20.0)
    assert pace.left_s({"people": 100, "voice": 100}, 1) is None
    assert pace.left_s({"people": 100, "voice": 0}, 1) == 10.0
    pace.heard("voice", 1000, 1.0)
    assert pace.left_s({"people": 100, "voice": 3000}, 1) == 13.0


def test_processes_share_what_is_left() -> None:
    pace = Pace()
    pace.heard("people", 200, 20.0)
    assert pace.left_s({"people": 400}, 2) == 20.0
    assert pace.left_s({}, 2) == 0.0


def test_one_segment_that_was_disturbed_changes_nothing_and_another_kind_of_film_is_noticed() -> None:
    pace = Pace()
    for took_s in (20.0, 20.0, 500.0, 20.0):
        pace.heard("people", 200, took_s)
    assert pace.left_s({"people": 100}, 1) == 10.0
    for _ in range(20):
        pace.heard("people", 200, 40.0)
    assert pace.left_s({"people": 100}, 1) == 20.0


def test_a_segment_without_a_picture_says_nothing_about_pictures() -> None:
    pace = Pace()
    pace.heard("people", 0, 3.0)
    assert pace.left_s({"people": 100}, 1) is None
