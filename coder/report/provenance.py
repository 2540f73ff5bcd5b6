"""Where measured signals come from, complete enough to make them again."""

from dataclasses import dataclass

from coder.model.track import FeatureTrack, Provenance
from coder.report import words


@dataclass(frozen=True)
class Source:
    """One measurement that tracks come from. lines: (name, text) to print."""

    title: str
    signals: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def provenance(tracks: tuple[FeatureTrack, ...]) -> tuple[Source, ...]:
    """The sources of the tracks, each once."""
    grouped: list[tuple[Provenance, list[str]]] = []
    for track in tracks:
        known = next((labels for source, labels in grouped if source == track.provenance), None)
        if known is None:
            grouped.append((track.provenance, [track.signal.label]))
        else:
            known.append(track.signal.label)
    return tuple(_source(source, tuple(labels)) for source, labels in grouped)


def _source(source: Provenance, labels: tuple[str, ...]) -> Source:
    dropped = f", {words.count(source.frames_dropped)} dropped" if source.frames_dropped else ""
    lines = [("Film", f"sha256 {source.media_sha256}"), ("Frames", words.count(source.frames_decoded) + dropped)]
    lines += [(f"Model {name}", f"sha256 {sha256}") for name, sha256 in sorted(source.models.items())]
    if source.packages:
        lines.append(
            ("Packages", ", ".join(f"{name} {version}" for name, version in sorted(source.packages.items())))
        )
    if source.settings:
        lines.append(
            ("Settings", ", ".join(f"{name} = {value}" for name, value in sorted(source.settings.items())))
        )
    return Source(f"{source.extractor} {source.version}", labels, tuple(lines))
