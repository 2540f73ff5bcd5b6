"""The codebook of a scheme, with moments of the sample films that show its codes.

Pictures come from the samples only. Films of a study show families: they are not put into a file that is
passed on.
"""

from collections.abc import Iterator
from pathlib import Path

from coder import __version__
from coder.language import spoken, tr
from coder.media import FrameSource, excerpt, jpeg, open_index
from coder.model.coding import Event
from coder.model.progress import Progress
from coder.model.scheme import RATING, Scheme
from coder.model.study import Media
from coder.model.time import Span, clock
from coder.report.codebook import Example, Made, Still, Tones, codebook_plain, render_codebook
from coder.workflows.outputs import require_ending
from coder.workflows.sample_moments import Moment, chosen_moments, sample_film, start_of
from coder.workflows.scheme_languages import in_language, translation_of
from coder.workflows.steps import Steps

_STILL_PX, _CLIP_PX = 480, 480
_BEFORE_US, _AROUND_US, _CLIP_US = 500_000, 600_000, 2_500_000


def codebook_steps(scheme: Scheme, out: Path, *, examples: bool = True) -> Steps[Path]:
    """Write the codebook for browsers, pictures and clips inside, in the language that is spoken.

    Raises CoderError if it cannot be written.
    """
    require_ending(out, ".html")
    shown = (yield from example_steps(in_language(scheme))) if examples else ()
    return render_codebook(in_language(scheme), shown, made(scheme), out)


def plain_codebook_steps(scheme: Scheme, *, examples: bool = True) -> Steps[str]:
    """The same as HTML for Qt's documents, with pictures and no clips; to be printed."""
    shown = (yield from example_steps(in_language(scheme), clips=False)) if examples else ()
    return codebook_plain(in_language(scheme), shown, made(scheme))


def plain_codebook(scheme: Scheme, tones: Tones, *, contents: bool = False) -> str:
    """The same without pictures, at once: to be read in a window with colours of its own."""
    return codebook_plain(in_language(scheme), (), made(scheme), tones=tones, contents=contents)


def codebook_title(scheme: Scheme) -> str:
    """What a codebook is called at the foot of its pages: title, name and version."""
    return f"{in_language(scheme).title} – {scheme.id.name} {scheme.id.version}"


def made(scheme: Scheme) -> Made:
    """What made a codebook of the scheme, and what to know of its wording."""
    software = f"coder {__version__}"
    found = translation_of(scheme, spoken())
    return Made(software) if found is None else Made(software, found[1], found[0].translators)


def example_steps(scheme: Scheme, *, clips: bool = True) -> Steps[tuple[Example, ...]]:
    """Moments of the sample films with their pictures, for each code that the samples show; film by film."""
    moments = chosen_moments(scheme)
    found: list[tuple[Moment, Example]] = []
    for clip in sorted({one.clip for one in moments}):
        media = sample_film(clip)
        film = open_index(Path(media.path))
        with FrameSource(film) as source:
            for moment in sorted((one for one in moments if one.clip == clip), key=start_of):
                yield Progress(len(found), len(moments), tr("Taking pictures from {film}", film=clip))
                found.append((moment, _example(scheme, moment, media, source, clips=clips)))
    order = {id(moment): number for number, moment in enumerate(moments)}
    return tuple(example for _, example in sorted(found, key=lambda pair: order[id(pair[0])]))


def _example(scheme: Scheme, moment: Moment, media: Media, source: FrameSource, *, clips: bool) -> Example:
    film, span = source.film, moment.span
    stills = tuple(_still(source, media.to_file_us(at_us), label) for at_us, label in _places(span))
    begin_us = max(media.to_file_us(span.start_us) - _BEFORE_US, 0)
    clip = excerpt(film, begin_us, min(begin_us + _CLIP_US, film.duration_us), _CLIP_PX) if clips else b""
    event = moment.event
    return Example(event.tier, event.code, _caption(scheme, moment), stills, clip)


def _places(span: Span) -> tuple[tuple[int, str], ...]:
    """When the three pictures are taken, on the session clock."""
    if span.is_moment:
        at_us = span.start_us
        return (
            (at_us - _AROUND_US, tr("Just before")),
            (at_us, tr("The moment")),
            (at_us + _AROUND_US, tr("Just after")),
        )
    last_us = span.end_us - 1  # at the end itself the next frame is on the screen
    return (
        (span.start_us, tr("First frame")),
        ((span.start_us + last_us) // 2, tr("Middle")),
        (last_us, tr("Last frame")),
    )


def _still(source: FrameSource, at_us: int, label: str) -> Still:
    frame = source.frame(source.film.index_at(at_us))
    share = _STILL_PX / max(frame.width, frame.height)
    return Still(label, round(frame.width * share), round(frame.height * share), jpeg(frame, _STILL_PX))


def _caption(scheme: Scheme, moment: Moment) -> str:
    """Clip and clock, and the details that the event was given."""
    event, span = moment.event, moment.span
    film = tr("Sample film {film}", film=moment.clip)
    place = clock(span.start_us) if span.is_moment else f"{clock(span.start_us)} – {clock(span.end_us)}"
    parts = [f"{film}, {place}", *_details(scheme, event)]
    return " · ".join(parts)


def _details(scheme: Scheme, event: Event) -> Iterator[str]:
    for modifier in scheme.code(event.tier, event.code).modifiers:
        value = event.modifier(modifier.id)
        if value is None:
            continue
        labels = {option.id: option.label for option in modifier.options}
        words = ", ".join(labels.get(one, one) for one in value.split(","))
        asked = modifier.label.partition(" (")[0]  # what stands behind is for whoever is asked
        yield tr("rated {rating}", rating=words) if modifier.id == RATING else f"{asked}: {words}"
    if event.note and event.modifier(RATING) is not None:  # the reason of a rating
        yield f"“{event.note}”"
