"""The certificate of a test that was passed. Its words come ready made, in the language that is spoken."""

from dataclasses import dataclass

from coder.report.pages import template


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One thing that the rule asked, with what was reached and its limits, in a sentence.

    met: None where the clip offered nothing to judge it by.
    """

    text: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class CertificatePart:
    """What was asked of one clip, or of all together; heading: which."""

    heading: str
    lines: tuple[CertificateLine, ...]


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """The whole certificate. facts: (name, value), of course, scheme, clips, dates. say: fixed words by name.

    rule: what was asked, a sentence each. notice: what the course wants to be printed on it, "" for nothing.
    language: of the page, two letters.
    """

    language: str
    title: str
    coder: str
    statement: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[CertificatePart, ...]
    rule: tuple[str, ...]
    notice: str
    made: str
    say: dict[str, str]


def certificate_plain(page: CertificatePage) -> str:
    """The certificate for Qt's documents, to be made a PDF of or printed."""
    return template("certificate_plain.html.j2").render(page=page, say=page.say)
