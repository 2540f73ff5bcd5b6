"""Opening a film: read its packets, find the order of its frames, and make sure that its two ends decode."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from av.video.frame import VideoFrame

from coder.language import tr
from coder.media.decoding import Decoding
from coder.media.edge import LIBRARY_ERRORS, opened, readable, trouble
from coder.media.index import FrameIndex, Geometry
from coder.media.order import decoded_order, film_ticks, film_times_us, stamped_order, stamps_tell_order
from coder.media.packets import Packets, Ticks, read_packets
from coder.media.source import FrameSource
from coder.media.unread import why_unread
from coder.model.problem import MediaError
from coder.model.time import SECOND_US, seconds_text

# How much earlier than the header says the picture may end before something must be lost.
_SLACK_US = SECOND_US

# Sweeps of a film without whole key pictures that make sure the picture is right: one does not always (the encoder
# may lean on stripes that are not refreshed yet), though decoders say so.
_STRIPES = 2

_UNKNOWN = Geometry(0, 0, 0)


def open_index(path: str | Path, *, progress: Callable[[float], None] | None = None) -> FrameIndex:
    """The index of a film: one pass over its packets; a decode pass too where time stamps do not tell the order.

    progress: told the share that is done, 0.0 … 1.0. Raises MediaError if the file is missing, empty, a folder,
    no film, or so damaged that no frame decodes. A film whose end is damaged opens with the frames that decode,
    and `damage` says what is lost.
    """
    path = readable(path)
    packets = read_packets(path, progress)
    if len(packets) and stamps_tell_order(packets):
        film = _film(path, packets, stamped_order(packets))
        first = _first_if_ends_decode(film)
        if first is not None:
            return replace(film, geometry=_geometry(packets, first), run_up=_run_up(film))
    film = _film(path, packets, decoded_order(path, len(packets), progress))
    with FrameSource(film) as source:
        first = source.frame(0).picture
    return replace(film, geometry=_geometry(packets, first), run_up=_run_up(film))


def _film(path: Path, packets: Packets, order: Ticks) -> FrameIndex:
    if len(order) == 0:
        guess = tr("No frame of this film can be decoded."), tr("Copy it again from the camera.")
        raise trouble(path, *(why_unread(path) or guess))
    ticks = film_ticks(packets, order)
    film = FrameIndex(path, packets, order, ticks, film_times_us(packets, ticks), _UNKNOWN)
    return replace(film, damage=_damage(film))


def _first_if_ends_decode(film: FrameIndex) -> VideoFrame | None:
    """The first picture if it and the last one decode, else None: then the stamps promise more than there is."""
    with FrameSource(film, cache_bytes=1) as source:
        try:
            source.frame(film.frame_count - 1)
            return source.frame(0).picture
        except MediaError:
            return None


def _run_up(film: FrameIndex) -> int:
    """`_STRIPES` if a key mark in the middle of the film gives no picture by itself, else 0."""
    key = film.keys[len(film.keys) // 2]
    if key == film.keys[0] or film.rank[key] < 0:
        return 0
    decoding = Decoding(film, threads=False)
    try:
        return 0 if decoding.lone(key) is not None else _STRIPES
    finally:
        decoding.close()


def _geometry(packets: Packets, picture: VideoFrame) -> Geometry:
    rotation = round(-picture.rotation / 90) * 90 % 360  # the library counts counterclockwise
    width, height = round(picture.width * packets.pixel_aspect), picture.height
    return Geometry(height, width, rotation) if rotation in (90, 270) else Geometry(width, height, rotation)


def _damage(film: FrameIndex) -> str:
    packets = film.packets
    after_last = packets.pts > film.ticks[-1]
    lost = int((after_last & ~packets.discard).sum())
    if lost:
        return tr("The end of the film is damaged: its last {lost} frames cannot be decoded.", lost=lost)
    missing_us = packets.stated_us - film.duration_us
    if packets.cut_off or (missing_us > _SLACK_US and _sound_end_us(film) < packets.stated_us - _SLACK_US):
        length, whole = seconds_text(film.duration_us), seconds_text(packets.stated_us)
        if missing_us > 0:
            return tr(
                "The end of the film is missing: {length} of {whole} can be read.", length=length, whole=whole
            )
        return tr("The end of the film is missing: {length} can be read.", length=length)
    return ""


def _sound_end_us(film: FrameIndex) -> int:
    """Where the sound ends, from the container's start; 0 without sound. A film's picture may end before it."""
    end_us = 0
    with opened(film.path) as container:
        for stream in container.streams.audio[:1]:
            container.seek(film.packets.begins_us + film.duration_us)
            try:
                for packet in container.demux(stream):
                    if packet.pts is not None:
                        ends = (packet.pts + (packet.duration or 0)) * packet.time_base
                        end_us = max(end_us, int(ends * SECOND_US) - film.packets.begins_us)
            except LIBRARY_ERRORS:
                break  # the sound is cut off as well
    return end_us
