"""What a guided step says before it begins, and on its buttons: of codes, or where items are rated, of ratings."""

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.desktop.guided_card import paragraph
from coder.desktop.guided_stops import Stop
from coder.language import plural, tr
from coder.model.scheme import TierKind
from coder.workflows.training.results import Watched


def only_ratings(stops: tuple[Stop, ...]) -> bool:
    """True if there is nothing but ratings to see."""
    return bool(stops) and all(stop.tier.kind is TierKind.RATING for stop in stops)


def intro(watched: Watched, keymap: Keymap, stops: tuple[Stop, ...], asked: int) -> QWidget:
    """What this is, and which keys there are. asked: how many questions follow."""
    step, inside = watched.step, QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(16, 8, 16, 8)
    column.setSpacing(8)
    column.addWidget(paragraph(step.title, "heading"))
    if step.text:
        column.addWidget(paragraph(step.text))
    column.addSpacing(6)
    column.addWidget(paragraph(tr("How it works"), "asked"))
    for line in _lines(keymap, stops, asked):
        column.addWidget(paragraph(line))
    if watched.master.origin:
        origin = tr("Where the codes come from: {origin}", origin=watched.master.origin)
        column.addWidget(paragraph(origin, "muted"))
    column.addStretch(1)
    return inside


def _lines(keymap: Keymap, stops: tuple[Stop, ...], asked: int) -> list[str]:
    keys = {
        "space": shown(keymap.first_key(Do.PLAY)),
        "on": shown(keymap.first_key(Do.EVENT_ON)),
        "back": shown(keymap.first_key(Do.EVENT_BACK)),
    }
    lines = [tr("This clip is coded already. Its codes count as right here; they are called the master.")]
    if only_ratings(stops):
        lines.append(tr("Watch the clip to its end. Then you see each of the master’s ratings, and why."))
        lines.append(tr("{space} plays it, and then goes from rating to rating.", **keys))
    else:
        lines.append(tr("The film runs to each of them, stops on its first frame, and says why it is that code."))
        lines.append(tr("{space} runs on to the next code.", **keys))
        lines.append(tr("The codes lie on the lines below the film. Click one to see it."))
    lines.append(tr("{on} and {back} go to the next one and to the one before.", **keys))
    if asked:
        lines.append(
            plural("Then there is {count} short question.", "Then there are {count} short questions.", asked)
        )
    return lines


def stop_at_each(stops: tuple[Stop, ...]) -> str:
    """What the choice is called to stop or to run through."""
    return tr("Stop at &each rating") if only_ratings(stops) else tr("Stop at &each code")


def place(stops: tuple[Stop, ...], at: int, left: int) -> str:
    """Which one is explained, and how many were not shown yet."""
    words = {"n": at + 1, "all": len(stops)}
    here = tr("Rating {n} of {all}", **words) if only_ratings(stops) else tr("Code {n} of {all}", **words)
    rest = plural("{count} still to see", "{count} still to see", left) if left else tr("all seen")
    return f"{here} · {rest}" if at >= 0 else rest


def way_on(keymap: Keymap, stops: tuple[Stop, ...], at: int, left: int, asked: int) -> str:
    """What the button says that leads on, while the film stands."""
    space, enter = shown(keymap.first_key(Do.PLAY)), shown("Return")
    if not left and asked:
        return tr("To the questions ({key})", key=enter)
    if not left:
        return tr("Go on ({key})", key=enter)
    if at < 0:
        return tr("Begin ({key})", key=space)
    return (
        tr("To the next rating ({key})", key=space)
        if only_ratings(stops)
        else tr("To the next code ({key})", key=space)
    )
