"""The key card of a scheme: its codes, what is told of them, and the commands, with the keys in force."""

from collections.abc import Iterator
from pathlib import Path

from coder.annotate.keycaps import shown
from coder.annotate.keymap import KeyChoices, Keymap, detail_keys, option_keys
from coder.language import spoken, tr
from coder.model.problem import CoderError, Problem
from coder.model.scheme import Scheme
from coder.report.key_card import CardWords, KeyGroup, KeyLine, render_key_card


def write_key_card(scheme: Scheme, choices: KeyChoices, out: Path) -> Path:
    """Write the card as HTML that prints on one A4 page. Raises CoderError if it cannot be written."""
    words = CardWords(
        tr("Keys: {scheme}", scheme=scheme.title),
        tr("{scheme}, version {version}", scheme=scheme.id.name, version=scheme.id.version),
        spoken(),
    )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoderError(
            Problem(tr("The folder cannot be made: {reason}.", reason=error.strerror), str(out))
        ) from None
    return render_key_card(words, tuple(key_groups(scheme, Keymap(scheme, choices))), out)


def key_groups(scheme: Scheme, keymap: Keymap) -> Iterator[KeyGroup]:
    """Codes tier by tier, then their details, then the commands group by group."""
    details: dict[str, dict[tuple[str, str], None]] = {}
    for tier in scheme.tiers:
        keyed = [(keymap.key_of(tier.id, code.id), code) for code in tier.codes]
        yield KeyGroup(
            tier.label, tuple(KeyLine((shown(key),), code.label) for key, code in keyed if key), codes=True
        )
        for code in tier.codes:
            for option in option_keys(code):
                details.setdefault(option.modifier.label, {})[shown(option.key), option.label] = None
    for name, lines in details.items():
        heading = tr("Detail: {name}", name=name)
        yield KeyGroup(heading, tuple(KeyLine((key,), label) for key, label in lines), codes=True)
    for link in scheme.links:
        judged = [KeyLine((shown(one.key),), one.label) for one in link.outcomes]
        for detail in link.details:
            judged += [KeyLine((shown(one.key),), f"{detail.label}: {one.label}") for one in detail_keys(detail)]
        yield KeyGroup(tr("In the review of answers: {name}", name=link.label), tuple(judged), codes=True)
    for name, commands in keymap.groups():
        lines_of = (KeyLine(tuple(map(shown, one.keys[:2])), tr(one.label)) for one in commands if one.keys)
        yield KeyGroup(tr(name), tuple(lines_of))
