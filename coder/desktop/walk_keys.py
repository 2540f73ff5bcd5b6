"""The keys of a walk: verdicts, answers, then those commands of the bench that do something here."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from coder.annotate.commands import EDITING
from coder.annotate.keymap import Command, Do, Keymap
from coder.annotate.view.asked import ANSWER_KEYS, answer_words
from coder.annotate.view.differing import VERDICT_KEYS, verdict_text
from coder.annotate.view.keyhelp import Entry, Section
from coder.language import later, tr
from coder.model.disagreement import Verdict
from coder.model.evidence import Answer

NEXT_OPEN = "U"
OF_VERDICTS: Mapping[str, Verdict] = {key: verdict for verdict, key in VERDICT_KEYS.items()}
OF_ANSWERS: Mapping[str, Answer] = {key: answer for answer, key in ANSWER_KEYS.items()}

_OWN_LABELS = {
    Do.BEFORE: later("The row above"),
    Do.AFTER: later("The row below"),
    Do.DIFFERENCE_BACK: later("The row above"),
    Do.DIFFERENCE_ON: later("The row below"),
    Do.LOOP: later("Loop the chosen moment, or end the loop"),
    Do.GO_ONSET: later("To the first frame of the chosen moment"),
    Do.DESELECT: later("Back to the list"),
    Do.DELETE: later("Take the verdict of the chosen one back"),
}


def verdict_of(texts: Iterable[str]) -> Verdict | None:
    """The verdict of the first reading of a key press that is one."""
    return next((OF_VERDICTS[text] for text in texts if text in OF_VERDICTS), None)


def answer_of(texts: Iterable[str]) -> Answer | None:
    """The answer of the first reading of a key press that is one."""
    return next((OF_ANSWERS[text] for text in texts if text in OF_ANSWERS), None)


def sections(keymap: Keymap, known: Iterable[Do], name_a: str, name_b: str) -> Iterator[Section]:
    """What the sheet of keys lists. known: the commands that do something here. name_b: "" of one coder alone."""
    commands = dict(of_commands(keymap, known, {*OF_VERDICTS, *OF_ANSWERS, NEXT_OPEN}))
    verdicts: list[Entry] = [((key,), verdict_text(one, name_a, name_b)) for key, one in OF_VERDICTS.items()]
    answers: list[Entry] = [((key,), answer_words(one)) for key, one in OF_ANSWERS.items()]
    settling: list[Entry] = [((NEXT_OPEN,), tr("To the next one that is not settled"))]
    if name_b:
        yield tr("Where colleagues differ"), verdicts
    yield tr("Where evidence asks"), answers
    yield tr("Settle"), [*settling, *commands.pop(tr(EDITING), [])]
    yield from commands.items()


def of_commands(keymap: Keymap, known: Iterable[Do], taken: Collection[str]) -> Iterator[Section]:
    """The commands of the bench that do something here, by group. taken: keys that have another use here."""
    there = set(known)
    for name, commands in keymap.groups():
        kept = [(tuple(key for key in one.keys if key not in taken), one) for one in commands if one.do in there]
        yield tr(name), [(keys, _label(one)) for keys, one in kept if keys]


def _label(command: Command) -> str:
    text = _OWN_LABELS.get(command.do, command.label)
    return tr(text)
