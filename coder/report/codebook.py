"""The codebook: a scheme as a page to read, with pictures and clips of what each code looks like.

One content, two forms: a page for browsers, which holds everything it shows, and a plain one for what lays out
less of HTML and CSS, namely Qt's documents: the reading view and the PDF.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.language import spoken, tr
from coder.model.scheme import OUTCOME, RATING, Code, Link, Modifier, Scheme, Tier
from coder.report import codebook_rules as rules
from coder.report import codebook_words as words
from coder.report.pages import template
from coder.staging import write_whole


@dataclass(frozen=True, slots=True)
class Still:
    """One frame of a film. label: which of the moment it is. data: JPEG."""

    label: str
    width: int
    height: int
    data: bytes

    @property
    def address(self) -> str:
        """The picture itself, as an address."""
        return f"data:image/jpeg;base64,{b64encode(self.data).decode()}"


@dataclass(frozen=True, slots=True)
class Example:
    """A moment of a sample film that shows a code. caption: where it is from, and what else was coded.

    stills: in order of time. clip: MP4; empty if the page is to be printed.
    """

    tier: str
    code: str
    caption: str
    stills: tuple[Still, ...]
    clip: bytes = b""

    @property
    def address(self) -> str:
        """The clip itself, as an address."""
        return f"data:video/mp4;base64,{b64encode(self.clip).decode()}"


@dataclass(frozen=True, slots=True)
class Tones:
    """Colours of the plain form, as in HTML, and the size of its text; a window has others than paper."""

    quiet: str = "#4a5560"
    line: str = "#c3c9cf"
    panel: str = "#eef1f3"
    accent: str = "#0b6363"
    text_pt: float = 10


@dataclass(frozen=True, slots=True)
class Made:
    """software: name and version that made the page. remarks: what to know of the wording, such as what is not
    translated. translators: who answers for it if it is not the scheme's own.
    """

    software: str
    remarks: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()


def render_codebook(scheme: Scheme, examples: Sequence[Example], made: Made, out: Path) -> Path:
    """Write the page for browsers to `out` and return it. Raises CoderError if it cannot be written."""
    write_whole(out, codebook_html(scheme, examples, made).encode())
    return out


def codebook_html(scheme: Scheme, examples: Sequence[Example], made: Made) -> str:
    """The page for browsers; it fetches nothing."""
    return template("codebook.html.j2").render(**_book(scheme, examples, made))


def codebook_plain(
    scheme: Scheme, examples: Sequence[Example], made: Made, *, tones: Tones = Tones(), contents: bool = True
) -> str:
    """The page in the HTML that Qt's documents lay out well. contents: with a list of what is where."""
    book = _book(scheme, examples, made)
    return template("codebook_plain.html.j2").render(**book, tones=tones, contents=contents)


def _book(scheme: Scheme, examples: Sequence[Example], made: Made) -> dict[str, object]:
    shown: dict[tuple[str, str], list[Example]] = {}
    for one in examples:
        shown.setdefault((one.tier, one.code), []).append(one)
    return {
        "say": _says(scheme, made),
        "language": spoken(),
        "scheme": scheme,
        "facts": tuple(_facts(scheme, made)),
        "tiers": [_tier(scheme, tier, shown) for tier in scheme.tiers],
        "links": [_link(scheme, link) for link in scheme.links],
        "details": [_detail(one) for one in _keyed_details(scheme)],
        "derived": [
            {
                "label": one.label,
                "definition": one.definition,
                "of": rules.computed_from(one, scheme),
                "within": rules.computed_within(one, scheme),
                "targets": [words.target(aim) for aim in one.targets],
                "evidence": [rules.evidence(part) for part in one.evidence],
            }
            for one in scheme.derived
        ],
        "has_examples": bool(examples),
        "made": made,
    }


def _says(scheme: Scheme, made: Made) -> dict[str, str]:
    """What stands round the scheme's own words."""
    return {
        "codebook": tr("Codebook"),
        "contents": tr("Contents and keys"),
        "text": tr("Text"),
        "aims": tr("What two coders should reach"),
        "yes": tr("Yes, for example"),
        "no": tr("No, this is something else"),
        "evidence": tr("Evidence from the pictures:"),
        "details": tr("Details of events"),
        "derived": tr("What is computed"),
        "never_keyed": tr("These are computed from the pass and never keyed."),
        "of": tr("Computed from:"),
        "within": tr("apart for:"),
        "sources": tr("Sources"),
        "clip": tr("Clip"),
        "pictures": tr(
            "The pictures show the first frame of a state, its middle and its last frame; of a moment the time "
            "just before, the moment, and just after."
        ),
        "samples": tr("The pictures are from rendered sample films (CC0); no family is on them."),
        "whole": tr("This file holds everything it shows and fetches nothing."),
        "version": tr("{scheme}, version {version}", scheme=scheme.id.name, version=scheme.id.version),
        "made": tr("Made with {software}.", software=made.software),
    }


def _facts(scheme: Scheme, made: Made) -> Iterator[tuple[str, str]]:
    yield tr("Scheme"), f"{scheme.id.name} {scheme.id.version}"
    yield tr("Ages"), scheme.ages
    if scheme.authors:
        yield tr("Authors"), "; ".join(scheme.authors)
    if made.translators:
        yield tr("Translation"), "; ".join(made.translators)
    yield tr("Licence"), scheme.licence


def _tier(scheme: Scheme, tier: Tier, shown: Mapping[tuple[str, str], list[Example]]) -> dict[str, object]:
    link = scheme.link_of(tier.id)
    scale = tier.scale
    return {
        "id": tier.id,
        "label": tier.label,
        "stream": tr(words.STREAMS[tier.stream]),
        "kind": words.kind(tier),
        "procedure": list(words.procedure(tier)),
        "rule": tier.rule,
        "targets": [words.target(one) for one in tier.targets],
        "anchors": scale.anchors if scale is not None else (),
        "rated": scale is not None,
        "codes": [_code(tier, code, link, shown.get((tier.id, code.id), [])) for code in tier.codes],
    }


def _code(tier: Tier, code: Code, link: Link | None, examples: list[Example]) -> dict[str, object]:
    return {
        "anchor": f"{tier.id}-{code.id}",
        "id": code.id,
        "key": code.key.upper(),
        "label": code.label,
        "definition": code.definition,
        "examples": code.examples,
        "non_examples": code.non_examples,
        "anchors": code.anchors,
        "facts": list(words.facts(code, tier, link)),
        "evidence": [rules.evidence(one) for one in code.evidence],
        "moments": examples,
    }


def _link(scheme: Scheme, link: Link) -> dict[str, object]:
    return {
        "id": link.id,
        "label": link.label,
        "sentences": list(rules.answers(link, scheme)),
        "rule": link.rule,
        "targets": [words.target(one) for one in link.targets],
        "outcomes": [
            (one.key.upper(), one.label, one.definition, rules.outcome(one.answered)) for one in link.outcomes
        ],
        "details": [_detail(one) for one in link.details],
    }


def _keyed_details(scheme: Scheme) -> Iterator[Modifier]:
    """The details that are asked for with a code, each once."""
    found: dict[str, Modifier] = {}
    for _, code in scheme.codes():
        for one in code.modifiers:
            if not one.judged and one.id not in (RATING, OUTCOME):
                found.setdefault(one.id, one)
    yield from found.values()


def _detail(modifier: Modifier) -> dict[str, object]:
    return {
        "id": modifier.id,
        "label": modifier.label,
        "kind": words.detail(modifier),
        "options": [(one.key.upper(), one.label, one.definition) for one in modifier.options],
    }
