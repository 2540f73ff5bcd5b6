"""Order, times and rate of frames from their packets' stamps, on stamps that can be seen."""

from fractions import Fraction
from pathlib import Path

import numpy as np

from coder.media.index import FrameIndex, Geometry
from coder.media.order import film_ticks, film_times_us, stamped_order, stamps_tell_order
from coder.media.packets import MISSING, Packets
from coder.media.rate import measured_rate

MS = Fraction(1, 1000)


def packets(
    kinds: str,
    pts: list[int | None],
    dts: list[int | None] | None = None,
    *,
    time_base: Fraction = MS,
    stated_rate: Fraction | None = None,
    duration: int = 40,
) -> Packets:
    """One packet a letter, in decode order: K is a key frame, k a key frame that an edit list hides, x another
    hidden one, anything else is an ordinary one."""
    count = len(kinds)
    dts = dts if dts is not None else [*range(count)]
    return Packets(
        pts=np.array([MISSING if p is None else p for p in pts], np.int64),
        dts=np.array([MISSING if d is None else d for d in dts], np.int64),
        pos=np.arange(count) * 1000,
        size=np.full(count, 900),
        duration=np.full(count, duration),
        key=np.array([kind in "Kk" for kind in kinds]),
        discard=np.array([kind in "kx" for kind in kinds]),
        time_base=time_base,
        stream=0,
        stated_rate=stated_rate,
        stated_us=0,
        pixel_aspect=Fraction(1),
        begins_us=0,
        cut_off=False,
    )


def film(made: Packets, order: list[int] | None = None) -> FrameIndex:
    places = stamped_order(made) if order is None else np.array(order)
    ticks = film_ticks(made, places)
    return FrameIndex(Path("film"), made, places, ticks, film_times_us(made, ticks), Geometry(1, 1, 0))


def test_frames_are_shown_in_the_order_of_their_stamps() -> None:
    made = packets("KPBB", [0, 120, 40, 80])
    assert stamps_tell_order(made)
    assert list(stamped_order(made)) == [0, 2, 3, 1]


def test_what_comes_before_the_first_key_frame_is_not_shown() -> None:
    assert list(stamped_order(packets("PPKP", [0, 40, 80, 120]))) == [2, 3]


def test_leading_pictures_of_the_first_key_frame_are_not_shown() -> None:
    assert list(stamped_order(packets("KBBP", [80, 0, 40, 120]))) == [0, 3]


def test_what_an_edit_list_hides_is_not_shown() -> None:
    assert list(stamped_order(packets("kxPP", [-80, -40, 0, 40]))) == [2, 3]


def test_doubled_missing_or_falling_stamps_do_not_tell_the_order() -> None:
    assert not stamps_tell_order(packets("KPP", [0, 1, 1]))
    assert not stamps_tell_order(packets("KPP", [0, None, 2]))
    assert not stamps_tell_order(packets("KPKP", [500, 540, 0, 40], [500, 540, 0, 40]))


def test_decoding_stamps_serve_where_no_others_are_and_keep_the_hole() -> None:
    made = packets("KPPP", [None] * 4, [0, 2, 3, 4], time_base=Fraction(1, 25))
    assert list(film(made, [0, 1, 2, 3]).times_us) == [0, 80_000, 120_000, 160_000]


def test_stamps_known_for_some_frames_are_joined_by_straight_lines() -> None:
    made = packets("KPPPP", [0, None, 80, None, None], [None] * 5)
    assert list(film(made, [0, 1, 2, 3, 4]).ticks) == [0, 40, 80, 80, 80]


def test_without_any_stamp_the_stated_rate_counts() -> None:
    made = packets("KPP", [None] * 3, [None] * 3, time_base=Fraction(1, 1_200_000), stated_rate=Fraction(50))
    assert list(film(made, [0, 1, 2]).times_us) == [0, 20_000, 40_000]


def test_where_the_cameras_clock_jumps_back_time_goes_on_by_one_step() -> None:
    made = packets("KPPKPP", [900, 940, 980, 0, 40, 80])
    assert list(film(made, [0, 1, 2, 3, 4, 5]).times_us) == [40_000 * i for i in range(6)]


def test_frames_that_share_a_tick_are_spread_and_rise() -> None:
    made = packets("KPPPP", [0, 0, 1, 2, 2])
    assert list(film(made, [0, 1, 2, 3, 4]).times_us) == [0, 500, 1000, 2000, 2666]


def test_a_frame_begins_at_the_first_microsecond_at_or_after_its_stamp() -> None:
    ticks: list[int | None] = [1001 * i for i in range(100_000)]
    made = packets("K" * 100_000, ticks, list(ticks), time_base=Fraction(1, 30_000))
    index = film(made)
    assert index.at_us(1) == 33_367
    assert index.at_us(99_999) == -(-99_999 * 1001 * 1_000_000 // 30_000)
    assert [index.index_at(index.at_us(i)) for i in range(0, 100_000, 997)] == list(range(0, 100_000, 997))
    assert measured_rate(index) == (Fraction(30_000, 1001), True)


def test_an_even_beat_told_in_milliseconds_is_constant() -> None:
    even: list[int | None] = [round(i * 1001 / 30) for i in range(3000)]
    assert measured_rate(film(packets("K" * 3000, even))) == (Fraction(30_000, 1001), True)


def test_one_dropped_frame_makes_the_rate_variable() -> None:
    dropped: list[int | None] = [40 * (i + (i > 50)) for i in range(100)]
    rate, constant = measured_rate(film(packets("K" * 100, dropped)))
    assert not constant
    assert float(rate) == 99 / (100 * 0.04)


def test_a_single_frame_has_its_stated_rate() -> None:
    assert measured_rate(film(packets("K", [0], stated_rate=Fraction(24)))) == (Fraction(24), True)
    assert film(packets("K", [7])).duration_us == 40_000


def test_decoding_starts_at_a_key_frame_before_the_frame_in_both_orders() -> None:
    #               0    1    2   3   4    5   6   7    open group: 5 and 6 are shown before key frame 4
    made = packets("KPBBKBBP", [0, 120, 40, 80, 240, 160, 200, 280])
    index = film(made)
    shown = [int(n) for n in index.order]
    assert shown == [0, 2, 3, 1, 5, 6, 4, 7]
    assert [index.start_key(i) for i in range(8)] == [0, 0, 0, 0, 0, 0, 4, 4]


def test_a_hidden_key_frame_serves_the_frames_behind_it() -> None:
    index = film(packets("KPkxPP", [0, 40, 80, 120, 160, 200]))
    assert [int(n) for n in index.order] == [0, 1, 4, 5]
    assert [index.start_key(i) for i in range(4)] == [0, 0, 2, 2]


def test_the_last_frame_lasts_as_the_file_says_or_as_usual() -> None:
    stamps: list[int | None] = [0, 40, 80]
    assert film(packets("KPP", stamps, duration=20)).duration_us == 100_000
    assert film(packets("KPP", stamps, duration=0)).duration_us == 120_000
    assert film(packets("KPP", stamps, duration=90_000)).duration_us == 120_000
