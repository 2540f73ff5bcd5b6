"""The certificate of a test that was passed: its words come ready made, in the language spoken."""

from dataclasses import dataclass

from coder.report.pages import template


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One thing that the rule asked. what: of what; needed: the target; got: what was reached with its limits.

    met: None where the clip offered nothing to judge it by.
    """

    what: str
    needed: str
    got: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class CertificateClip:
    """A clip of the test, and what came of it. name: "" for what was asked of all clips together."""

    name: str
    detail: str
    lines: tuple[CertificateLine, ...]


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """The whole certificate. facts: (name, value), of coder, course, scheme, dates. say: fixed words by name.

    notice: what the course wants to be printed on it, "" for nothing. language: of the page, two letters.
    """

    language: str
    title: str
    coder: str
    statement: str
    facts: tuple[tuple[str, str], ...]
    clips: tuple[CertificateClip, ...]
    rule: tuple[str, ...]
    notice: str
    made: str
    say: dict[str, str]


def certificate_plain(page: CertificatePage) -> str:
    """The certificate for Qt's documents, to be made a PDF of or printed."""
    return template("certificate_plain.html.j2").render(page=page, say=page.say)
