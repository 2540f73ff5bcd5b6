"""What counts as having watched a segment. Times are whole numbers; the film is 0 to 100."""

from dataclasses import replace

from coder.annotate.viewing import Watch, rated_too_soon, watched_segments
from coder.model.coding import Viewing
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.judged import JUDGED, judged, over

FILM = Span(0, 100)


def finished(watch: Watch, *stretches: tuple[int, int], film: Span = FILM) -> list[tuple[int, int]]:
    """The segments that are watched to their end in the course of this, in order."""
    seen = [segment for stretch in stretches for segment in watch.saw(Span(*stretch), film)]
    return [(segment.start_us, segment.end_us) for segment in seen]


def test_a_segment_is_watched_when_the_film_has_run_from_its_start_to_its_end() -> None:
    watch = Watch([Span(10, 20), Span(20, 30)])
    assert finished(watch, (0, 15), (15, 19)) == []
    assert finished(watch, (19, 21)) == [(10, 20)]
    assert finished(watch, (21, 35)) == [(20, 30)]


def test_who_comes_in_late_or_skips_something_has_not_watched_it() -> None:
    assert finished(Watch([Span(10, 20)]), (11, 40)) == []
    assert finished(Watch([Span(10, 20)]), (10, 14), (15, 40)) == []


def test_a_part_may_be_watched_again_and_what_was_skipped_may_be_made_up_for() -> None:
    watch = Watch([Span(10, 20)])
    assert finished(watch, (10, 15), (12, 15), (12, 18), (18, 20)) == [(10, 20)]
    assert finished(watch, (10, 13), (16, 20), (13, 16), (16, 20)) == [(10, 20)]


def test_the_next_viewing_begins_at_the_start() -> None:
    watch = Watch([Span(10, 20)])
    assert finished(watch, (10, 20), (15, 25), (10, 20)) == [(10, 20), (10, 20)]


def test_no_one_can_watch_more_than_there_is_film() -> None:
    assert finished(Watch([Span(0, 20)]), (5, 18), film=Span(5, 18)) == [(0, 20)]
    assert finished(Watch([Span(0, 4)]), (5, 18), film=Span(5, 18)) == []


def test_ratings_after_too_few_viewings_are_a_doubt_that_does_not_hinder() -> None:
    plays, seen, looks, mood = JUDGED.tiers
    scheme = replace(JUDGED, tiers=(plays, seen, looks, replace(mood, viewings=2)))
    coding = judged(over("mood", "warm", 0, 5, rating="3"), scheme=scheme)
    first, second = watched_segments(coding, scheme)
    assert (first, second) == (Span(0, 5 * S), Span(5 * S, 10 * S))
    once, other = Viewing(first, "2026-01-01T10:00:00Z"), Viewing(second, "2026-01-01T10:10:00Z")
    told = [(one.problem.what, one.span, one.hinders) for one in rated_too_soon(coding, scheme, (once, other))]
    assert told == [("The segment was rated after 1 viewing, and “Mood” asks for 2.", first, False)]
    assert list(rated_too_soon(coding, scheme, (once, once))) == []
    assert list(rated_too_soon(coding, JUDGED, ())) == []
