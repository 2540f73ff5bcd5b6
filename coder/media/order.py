"""In which order the packets of a film are shown, and when.

Where every packet has its own presentation time stamp, their order is the order of the stamps. Where stamps are
missing, doubled, or jump back, the decoder is asked: one pass over the film, each packet stamped with its number.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from coder.media.edge import LIBRARY_ERRORS, film_stream, opened
from coder.media.packets import MISSING, Packets, Ticks, video_packets
from coder.model.time import SECOND_US, ticks_to_us


def stamps_tell_order(packets: Packets) -> bool:
    """True if each packet has a time stamp of its own and the clock of the file never jumps back."""
    known = packets.dts[packets.dts != MISSING]
    return bool(
        (packets.pts != MISSING).all()
        and len(np.unique(packets.pts)) == len(packets)
        and (np.diff(known) >= 0).all()
    )


def stamped_order(packets: Packets) -> Ticks:
    """Decode indices in presentation order, from the time stamps.

    Left out, because no decoder shows them: what an edit list cut away, what comes before the first key frame, and
    the leading pictures of that key frame (they lean on frames that are not in the file).
    """
    keys = np.flatnonzero(packets.key)
    first = int(keys[0]) if len(keys) else 0
    number = np.arange(len(packets))
    shown = ~packets.discard & (number >= first) & (packets.pts >= packets.pts[first])
    chosen = number[shown]
    order: Ticks = chosen[np.argsort(packets.pts[chosen], kind="stable")]
    return order


def decoded_order(path: Path, count: int, progress: Callable[[float], None] | None = None) -> Ticks:
    """Decode indices in the order in which the decoder puts the frames out; what does not decode is missing.

    count: the number of packets, for progress. Raises MediaError if the film cannot be opened.
    """
    order: list[int] = []
    with opened(path) as container:
        stream = film_stream(container, path)
        stream.thread_type = "AUTO"
        decoder = stream.codec_context
        try:
            for number, packet in enumerate(video_packets(container, stream)):
                packet.pts = packet.dts = number
                try:
                    order += [picture.pts for picture in decoder.decode(packet) if picture.pts is not None]
                except LIBRARY_ERRORS:
                    continue  # a damaged frame; the next key frame mends the picture
                if progress and number % 100 == 0:
                    progress(number / count)
            order += [picture.pts for picture in decoder.decode(None) if picture.pts is not None]
        except LIBRARY_ERRORS:
            pass  # damaged end: what was read so far stands
    return np.array(list(dict.fromkeys(n for n in order if 0 <= n < count)), np.int64)


def film_ticks(packets: Packets, order: Ticks) -> Ticks:
    """When each frame of `order` is shown, in ticks, never falling.

    Without presentation stamps the sorted decoding stamps serve (an AVI file has only these; they keep the holes
    where the camera dropped frames); stamps known for some frames only are joined by straight lines; without any
    stamp the rate in the header counts. Where the camera's clock jumped back, time goes on by one usual step.
    """
    pts, dts = packets.pts[order], packets.dts[order]
    known = pts != MISSING
    if known.all():
        ticks = pts
    elif (dts != MISSING).all():
        ticks = np.sort(dts)
    elif known.any():
        number = np.arange(len(order))
        ticks = np.interp(number, number[known], pts[known].astype(np.float64)).round().astype(np.int64)
    else:
        step = 1 / (packets.time_base * (packets.stated_rate or 25))
        ticks = np.array([round(i * step) for i in range(len(order))], np.int64)
    steps = np.diff(ticks)
    back = steps < 0
    if back.any():
        steps[back] = round(float(np.median(steps[~back]))) if not back.all() else 1
        ticks = np.concatenate([ticks[:1], ticks[0] + np.cumsum(steps)])
    return ticks


def film_times_us(packets: Packets, ticks: Ticks) -> Ticks:
    """Onset of every frame in whole microseconds from the first frame, strictly rising.

    Frames that share a tick (a fast camera, a file that counts milliseconds) are spread evenly up to the next one.
    """
    times = np.array([ticks_to_us(int(tick - ticks[0]), packets.time_base) for tick in ticks], np.int64)
    heads = np.flatnonzero(np.diff(times, prepend=-1))
    if len(heads) == len(times):
        return times
    sizes = np.diff(heads, append=len(times))
    usual_us = (times[-1] - times[0]) // max(len(times) - sizes[-1], 1) or SECOND_US // 25
    steps = np.diff(times[heads], append=times[-1] + usual_us * sizes[-1])
    within = np.arange(len(times)) - np.repeat(heads, sizes)
    spread: Ticks = times + within * np.repeat(steps, sizes) // np.repeat(sizes, sizes)
    return spread
