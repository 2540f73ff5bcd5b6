"""Where pictures lie and which frame comes next: arithmetic, without a window."""

import pytest

from coder.annotate.view.lens import MOST_ZOOM, Box, Lens, Room
from coder.annotate.view.rates import rate_text, shuttled, stepped
from coder.annotate.view.stretch import Stretch, loop_from, loop_to
from coder.annotate.view.wall import arranged
from coder.model.time import Span

WIDE, TALL = 16 / 9, 9 / 16


def apart(boxes: list[Box]) -> bool:
    """True if no two of them share any room."""
    return not any(
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
        for n, one in enumerate(boxes)
        for other in boxes[n + 1 :]
    )


@pytest.mark.parametrize("size", [(1000, 420), (600, 700), (320, 180), (1920, 1080)])
@pytest.mark.parametrize("aspects", [[WIDE], [WIDE] * 2, [WIDE, TALL], [WIDE] * 3, [TALL] * 3, [WIDE, TALL] * 2])
def test_pictures_stay_in_the_room_and_apart(size: tuple[int, int], aspects: list[float]) -> None:
    for front in range(len(aspects)):
        boxes = arranged(*size, aspects, front)
        assert len(boxes) == len(aspects)
        assert apart(boxes)
        for box in boxes:
            assert 0 <= box.left <= box.left + box.width <= size[0] + 0.01
            assert 0 <= box.top <= box.top + box.height <= size[1] + 0.01
            assert min(box.width, box.height) > 30


def test_two_stand_beside_or_below_each_other_as_shows_more() -> None:
    beside = arranged(1000, 300, [WIDE, WIDE], 0)
    assert beside[0].top == beside[1].top
    below = arranged(400, 500, [WIDE, WIDE], 0)
    assert below[0].left == below[1].left
    phones = arranged(600, 500, [TALL, TALL], 1)
    assert phones[0].top == phones[1].top


def test_the_one_in_front_of_three_or_four_is_the_largest_and_the_others_keep_their_order() -> None:
    for count in (3, 4):
        for front in range(count):
            boxes = arranged(1000, 430, [WIDE] * count, front)
            areas = [box.width * box.height for box in boxes]
            assert areas.index(max(areas)) == front
            others = [(box.top, box.left) for n, box in enumerate(boxes) if n != front]
            assert others == sorted(others)


# ---- looking closely


def test_the_whole_picture_fills_its_letterbox() -> None:
    room = Room(800, 600, WIDE)
    assert Lens().box(room) == room.letterbox == Box(0, 75, 800, 450)


def test_the_point_under_the_pointer_stays_there() -> None:
    room, lens = Room(800, 450, WIDE), Lens()
    for _ in range(5):
        before = lens.box(room)
        lens = lens.zoomed(1.3, room, (600, 100))
        after = lens.box(room)
        assert (600 - after.left) / after.width == pytest.approx((600 - before.left) / before.width)
        assert (100 - after.top) / after.height == pytest.approx((100 - before.top) / before.height)


def test_an_enlarged_picture_leaves_no_needless_gap_and_goes_back_to_the_whole() -> None:
    room = Room(800, 600, WIDE)
    lens = Lens().zoomed(4, room).panned(99_999, -99_999, room)
    box = lens.box(room)
    assert (box.left, box.top + box.height) == (0, 600)
    assert lens.panned(10, 0, room).box(room) == box
    assert lens.zoomed(0.01, room) == Lens()
    assert lens.zoomed(1000, room).zoom == MOST_ZOOM


# ---- which frame comes next


def test_the_next_frame_comes_next_while_there_is_time() -> None:
    film = Stretch(0, 99)
    assert film.after(10, 1, due=10) == 11
    assert film.after(10, 1, due=11) == 11
    assert film.after(10, -1, due=10) == 9
    assert (film.after(99, 1, due=99), film.after(0, -1, due=0)) == (None, None)


def test_what_came_too_late_is_left_out_but_never_the_last() -> None:
    film = Stretch(0, 99)
    assert film.after(10, 1, due=14) == 14
    assert film.after(10, -1, due=6) == 6
    assert film.after(97, 1, due=500) == 99


def test_in_a_loop_the_first_follows_the_last() -> None:
    loop = Stretch(20, 25, around=True)
    assert [loop.after(frame, 1, frame) for frame in range(20, 26)] == [21, 22, 23, 24, 25, 20]
    assert [loop.after(frame, -1, frame) for frame in range(20, 26)] == [25, 20, 21, 22, 23, 24]
    assert loop.after(23, 1, due=40) == 25
    assert (loop.turns(25, 20, 1), loop.turns(24, 25, 1), loop.turns(20, 25, -1)) == (True, False, True)
    assert Stretch(7, 7, around=True).after(7, 1, 7) == 7
    assert Stretch(7, 7, around=True).turns(7, 7, 1)


def test_the_ends_of_a_loop() -> None:
    film, frame = Span(0, 10_000), Span(4_000, 4_040)
    assert loop_from(None, frame, film) == Span(4_000, 10_000)
    assert loop_from(Span(1_000, 6_000), frame, film) == Span(4_000, 6_000)
    assert loop_from(Span(1_000, 3_000), frame, film) == Span(4_000, 10_000)
    assert loop_to(None, frame, film) == Span(0, 4_040)
    assert loop_to(Span(1_000, 6_000), frame, film) == Span(1_000, 4_040)
    assert loop_to(Span(5_000, 6_000), frame, film) == Span(0, 4_040)


# ---- speeds


def test_speeds_go_by_steps_in_either_direction() -> None:
    assert [stepped(rate, 1) for rate in (0.25, 1, 4, -1, -4)] == [0.5, 1.5, 4, -1.5, -4]
    assert [stepped(rate, -1) for rate in (0.25, 1, 4, -1, -0.25)] == [0.25, 0.75, 3, -0.75, -0.25]


def test_the_shuttle() -> None:
    assert [shuttled(rate, 1) for rate in (None, 1, 2, 4, 0.5, 3, -1, -2, -4)] == [1, 2, 4, 4, 1, 4, 1, -1, -2]
    down = [-1, -2, -4, -4, -1, 2, -1, 1, 2]
    assert [shuttled(rate, -1) for rate in (None, -1, -2, -4, 0.5, 3, 1, 2, 4)] == down


def test_a_speed_as_it_is_shown() -> None:
    assert [rate_text(rate) for rate in (0.25, 1, -2)] == ["0.25 ×", "1 ×", "−2 ×"]
