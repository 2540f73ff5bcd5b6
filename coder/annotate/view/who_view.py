"""The film in which people are put right: one camera, its transport, and where child and parent are seen."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QColor, QPainter, QPen
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.annotate.desk import Desk
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.content import BenchContent, Camera, FindPersons, Options, Painted
from coder.annotate.view.lens import Box
from coder.annotate.view.paint_persons import paint_persons, placed
from coder.annotate.view.play_keys import film_commands, go_to_typed
from coder.annotate.view.player import Player, PlayerNews
from coder.annotate.view.strip import Strip, sentence
from coder.annotate.view.theme import DARK
from coder.annotate.view.transport import PlayerState, Transport
from coder.annotate.view.watched import Watched
from coder.annotate.view.who_rows import WhoLanes, WhoRows
from coder.language import tr
from coder.model.coding import CodingPass, PassHeader
from coder.model.edit import Edit
from coder.model.persons import SeenPerson
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Purpose, Session
from coder.model.time import Span

# The player wants a pass to look at; here there is none, so it gets an empty one of a scheme without tiers.
_NO_SCHEME = Scheme(SchemeId("", "", ""), "", "", "", "", "", ())


class WhoView(QWidget):
    """Shows one film. Times are the session's. Call `shut` before letting it go.

    find: who is seen in a frame. chosen: the stretch that is about to be spoken of. face: the number of the person
    on the screen, from 0, who is pointed out; None for nobody. leave: gives the keyboard back.
    """

    def __init__(
        self,
        session: Session,
        camera: Camera,
        find: FindPersons,
        options: Options,
        keep_options: Callable[[Options], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__()
        header = PassHeader("", session.id, _NO_SCHEME.id, "", Purpose.TRAINING, session.window)
        content = BenchContent(
            desk=Desk(CodingPass.of(header, ()), _refuse, _NO_SCHEME),
            scheme=_NO_SCHEME,
            session=session,
            cameras=(camera,),
            readonly=True,
            options=options,
            keep_options=keep_options,
        )
        self.keymap: Keymap = content.keymap
        self.bounds = content.bounds
        self.painted: Watched[Painted | None] = Watched(None)
        self.lanes = Watched(WhoLanes())
        self.chosen: Watched[Span | None] = Watched(None)
        self.face: Watched[int | None] = Watched(None)
        self._camera, self._find = camera, find
        self.strip = Strip("")
        self.player = Player(content, self.painted, PlayerNews(self._on_ready, self._on_failed, _no_outline))
        player = self.player
        player.picture.draw_over(self._draw_over)
        self.face.listen(lambda _: player.picture.update())
        state = PlayerState(player.motion, player.options, player.loop, player.left_out)
        self.transport = Transport(
            self.keymap, self.painted, self.do, player.set_rate, self._go_to_typed, leave, state
        )
        self.rows = WhoRows(
            self.bounds, self.lanes, self.chosen, self.painted, lambda at_us: player.go_to(at_us, quick=True)
        )
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(player.cameras.wall, 1)
        for part in (self.transport, self.rows, self.strip):
            stack.addWidget(part)

    def seen(self) -> Sequence[SeenPerson]:
        """Who is seen in the frame on the screen, from left to right; nobody before there is one."""
        frame = self.painted.value
        return () if frame is None else self._seen_in(frame)

    def find_anew(self, find: FindPersons) -> None:
        """Somebody has said who is who: show it."""
        self._find = find
        self.player.picture.update()

    def commands(self, *, held: bool = False) -> dict[Do, Callable[[], None]]:
        """What the keys of the film do. held: the key repeats."""
        player = self.player
        return {
            **film_commands(player, lambda: self.bounds, self.transport.type_time, held=held),
            Do.LOOP: lambda: player.toggle_loop(self.chosen.value),
        }

    def do(self, do: Do, *, held: bool = False) -> None:
        """Run a command of the film, as its key or button does."""
        self.strip.calm()
        self.commands(held=held).get(do, lambda: None)()

    def refuse(self, error: CoderError) -> None:
        """Say why something cannot be done."""
        self.strip.refuse(sentence(error))

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
        self.player.shut()

    def _seen_in(self, frame: Painted) -> Sequence[SeenPerson]:
        media = self._camera.media
        return sorted(self._find(media, media.to_file_us(frame.at_us)), key=lambda person: person.left)

    def _draw_over(self, painter: QPainter, box: Box, frame: Painted) -> None:
        persons = self._seen_in(frame)
        at = self.face.value
        if at is not None and at < len(persons):
            painter.save()
            painter.setPen(QPen(QColor(DARK.playhead), 3))
            painter.drawRoundedRect(placed(box, persons[at]).adjusted(-6, -6, 6, 6), 6, 6)
            painter.restore()
        paint_persons(painter, box, persons, rays=False)

    def _go_to_typed(self, text: str) -> None:
        go_to_typed(self.player, text, self.refuse)

    def _on_ready(self, frame_count: int) -> None:
        self.transport.set_count(frame_count)

    def _on_failed(self, error: CoderError) -> None:
        self.strip.refuse(sentence(error), lasts=True)


def _no_outline(_outline: NDArray[np.int16]) -> None:
    """The sound is heard, not drawn."""


def _refuse(_edit: Edit) -> None:
    raise CodingError(Problem(tr("Nothing is coded here.")))
