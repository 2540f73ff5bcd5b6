"""A film's timing passport as groups of facts: what is shown and in which words, without widgets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coder.desktop.timing_words import offset_text, skew_text
from coder.desktop.wording import length_text
from coder.language import grouped, plural, tr
from coder.media import MediaFacts, StreamFacts
from coder.model.study import Fingerprint, Media
from coder.model.time import SECOND_US, clock
from coder.workflows.cameras import Passport

_SHORT = 12
_GAPS = 4
_KILO = 1000


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: its name, what it is, and what a click copies ("" for nothing). tip: more about it."""

    name: str
    value: str
    copy: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together."""

    title: str
    facts: tuple[Fact, ...]


def known_facts(media: Media) -> tuple[Group, ...]:
    """What the study knows of a film, without looking at it."""
    picture = (
        Fact(tr("Frames"), grouped(media.frame_count)),
        Fact(tr("Length"), _length(media.duration_us)),
    )
    return (
        Group(tr("File"), (_size(media.fingerprint), _fingerprint(media.fingerprint))),
        Group(tr("Picture"), picture),
        Group(tr("On the session’s clock"), tuple(_timing(media))),
    )


def passport_facts(passport: Passport) -> tuple[Group, ...]:
    """What was found in the film; what the study knows where it could not be read."""
    facts, media = passport.facts, passport.media
    if facts is None:
        return known_facts(media)
    return (
        Group(tr("File"), tuple(_file(facts, media))),
        Group(tr("Picture"), tuple(_picture(facts, media))),
        Group(tr("On the session’s clock"), (*_timing(media), *_copies(passport))),
    )


def _file(facts: MediaFacts, media: Media) -> Iterator[Fact]:
    yield Fact(tr("Container"), facts.container)
    for stream in facts.streams:
        yield Fact(_stream_name(stream), _stream(stream))
    yield _size(facts.fingerprint)
    yield _fingerprint(facts.fingerprint)
    if facts.fingerprint != media.fingerprint:
        yield replace(_fingerprint(media.fingerprint), name=tr("As it was coded"))


def _picture(facts: MediaFacts, media: Media) -> Iterator[Fact]:
    turned = tr("turned by {degrees}°", degrees=facts.rotation) if facts.rotation else tr("upright")
    yield Fact(tr("Size"), f"{facts.width} × {facts.height} px, {turned}")
    yield Fact(tr("Frames"), grouped(facts.frame_count))
    yield Fact(tr("Length"), _length(facts.duration_us))
    yield Fact(tr("Rate"), _rate(facts), tip=tr("Measured from the time stamps of all frames"))
    yield from _gaps(facts, media)
    yield from _stamps(facts)
    yield Fact(tr("Key frames"), plural("every frame", "every {count} frames", facts.group_typical))
    if facts.damage:
        yield Fact(tr("Damage"), facts.damage)


def _gaps(facts: MediaFacts, media: Media) -> Iterator[Fact]:
    """The longest gaps, each with its time on the session's clock, to be copied and gone to."""
    if not facts.gaps:
        longest = tr("none; the longest frame stands {seconds} s", seconds=_seconds(facts.longest_gap_us))
        yield Fact(tr("Gaps"), longest)
    shown = sorted(facts.gaps, key=lambda gap: gap.duration_us, reverse=True)[:_GAPS]
    if len(facts.gaps) > len(shown):
        yield Fact(tr("Gaps"), tr("{count}, of these the longest:", count=grouped(len(facts.gaps))))
    for gap in shown:
        at = clock(media.to_session_us(gap.at_us))
        yield Fact(
            tr("Gap"),
            tr("{seconds} s at {time}", seconds=_seconds(gap.duration_us), time=at),
            at,
            tr("Click to copy this time of the session’s clock"),
        )


def _stamps(facts: MediaFacts) -> Iterator[Fact]:
    first_s = float(facts.first_pts * facts.time_base)
    yield Fact(tr("First picture"), tr("stamped {seconds} s", seconds=f"{first_s:.3f}"))
    for stream in facts.streams:
        if stream.kind == "audio" and stream.starts_s is not None:
            late_ms = round((stream.starts_s - first_s) * _KILO)
            if late_ms == 0:
                said = tr("with the first picture")
            elif late_ms > 0:
                said = tr("{seconds} s after the first picture", seconds=f"{late_ms / _KILO:.3f}")
            else:
                said = tr("{seconds} s before the first picture", seconds=f"{-late_ms / _KILO:.3f}")
            yield Fact(tr("First sound"), said)


def _timing(media: Media) -> Iterator[Fact]:
    yield Fact(tr("Begins at"), offset_text(media.offset_us))
    yield Fact(tr("Clock"), skew_text(media.skew_ppm), tip=tr("How much faster this film’s clock runs"))


def _copies(passport: Passport) -> Iterator[Fact]:
    if passport.proxy is not None:
        yield Fact(tr("Small proxy"), passport.proxy.name, tip=str(passport.proxy))
    else:
        yield Fact(tr("Small proxy"), tr("none") if passport.wants_proxy else tr("not needed"))


def _rate(facts: MediaFacts) -> str:
    rate = f"{float(facts.rate):.3f}".rstrip("0").rstrip(".")
    if facts.constant_rate:
        return tr("{rate} a second, constant", rate=rate)
    return tr("{rate} a second on average, variable", rate=rate)


def _stream_name(stream: StreamFacts) -> str:
    names = {"video": tr("Picture stream"), "audio": tr("Sound stream"), "subtitle": tr("Subtitles")}
    return names.get(stream.kind, tr("Other stream"))


def _stream(stream: StreamFacts) -> str:
    parts = [stream.codec]
    if stream.sample_rate_hz:
        parts.append(f"{stream.sample_rate_hz / _KILO:g} kHz")
    if stream.channels:
        parts.append(plural("{count} channel", "{count} channels", stream.channels))
    if stream.language:
        parts.append(stream.language)
    return ", ".join(parts)


def _size(fingerprint: Fingerprint) -> Fact:
    size = float(fingerprint.size)
    unit = "B"
    for larger in ("kB", "MB", "GB"):
        if size < _KILO:
            break
        size, unit = size / _KILO, larger
    exact = tr("{bytes} bytes", bytes=grouped(fingerprint.size))
    return Fact(tr("Size of the file"), f"{size:.3g} {unit}" if size < _KILO else f"{size:,.0f} {unit}", tip=exact)


def _fingerprint(fingerprint: Fingerprint) -> Fact:
    short = f"{fingerprint.sha256[:_SHORT]}…"
    return Fact(tr("Fingerprint"), short, fingerprint.sha256, tr("Click to copy the whole sha256"))


def _length(duration_us: int) -> str:
    return f"{length_text(duration_us)} ({duration_us / SECOND_US:.3f} s)"


def _seconds(us: int) -> str:
    return f"{us / SECOND_US:.3f}"
