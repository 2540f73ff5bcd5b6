"""Where the tour of the bench goes, and what it says there, with the keys in force."""

from collections.abc import Iterator

from PyQt6.QtWidgets import QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do
from coder.annotate.view.bench import Bench
from coder.desktop.tour import Stop
from coder.language import tr


def stops(bench: Bench, submit: QWidget, submitting: str = "") -> Iterator[Stop]:
    """The stops on one bench. submit: the button that locks the pass. submitting: what that means, if not that."""

    def key(do: Do) -> str:
        return shown(bench.keymap.first_key(do) or "–")

    yield Stop(
        bench.player.picture,
        tr("The frame on the screen is the frame in the data"),
        tr(
            "What you code gets the time of exactly this frame. {back} and {on} step one frame; hold them to run.",
            back=key(Do.BACK_FRAME),
            on=key(Do.NEXT_FRAME),
        ),
    )
    yield Stop(
        bench.transport,
        tr("Play, slow down, look again"),
        tr(
            "{play} plays and pauses, {replay} shows the last seconds again, {back} and {forward} shuttle. "
            "Frame and time are always shown here; {time} takes you to a time that you type.",
            play=key(Do.PLAY),
            replay=key(Do.REPLAY),
            back=key(Do.SHUTTLE_BACK),
            forward=key(Do.SHUTTLE_ON),
            time=key(Do.GO_TIME),
        ),
    )
    yield Stop(
        bench.palette_of_codes,
        tr("One key for each code"),
        tr(
            "Press the key, while the film plays or stands. Point at a code to read when it holds and when it "
            "does not. {family} goes through the tiers one family at a time.",
            family=key(Do.FAMILY),
        ),
    )
    yield Stop(
        bench.timeline,
        tr("What you have coded"),
        tr(
            "Drag an edge, or select an event and press {onset} or {offset}: it begins or ends with the frame on "
            "the screen. {undo} undoes, and says what.",
            onset=key(Do.SET_ONSET),
            offset=key(Do.SET_OFFSET),
            undo=key(Do.UNDO),
        ),
    )
    yield Stop(
        bench.strip,
        tr("Every key press is saved at once"),
        tr("There is nothing to save by hand. This line says what was saved, and what is still missing."),
    )
    yield Stop(
        submit,
        tr("When all is coded, submit"),
        submitting
        or tr("The pass is then locked and can be compared. You can open it again later, with a reason."),
    )
    yield Stop(
        None,
        tr("All keys at a glance"),
        tr(
            "{keys} shows every key. You can change keys in the settings, print them as a card, and take this "
            "tour again from the Help menu.",
            keys=key(Do.KEYS),
        ),
    )
