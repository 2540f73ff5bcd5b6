"""A small viewer of one film with exact stepping: to find one moment, not to code it."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, QRect, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from coder.annotate.view.ending import stop_at_the_end
from coder.annotate.view.picture_paint import image_of
from coder.annotate.view.theme import DARK
from coder.desktop.look import theme_now
from coder.desktop.pieces import button, label
from coder.language import grouped, tr
from coder.media import FrameIndex, FrameWorker, NotShown, Shown
from coder.model.time import SECOND_US, clock

_RESTS_MS = 120
_FAR_S = 10


class FrameViewer(QWidget):
    """One film and the frame of it that is on the screen; `shut` ends its thread.

    Arrows step a frame, with Shift a second, Page Up and Page Down ten seconds; M marks the frame. `shown` is the
    frame that was painted last: a mark takes that one and nothing else.
    """

    def __init__(self, name: str, film: FrameIndex, mark: Callable[[], object]) -> None:
        super().__init__()
        self.film = film
        self.name = name
        self._mark = mark
        self._wanted = 0
        self.picture = FramePicture(name, film, self._ask)
        self.picture.keyed.connect(self._key)
        self.picture.stepped.connect(self._tell)
        self.place = QSlider(Qt.Orientation.Horizontal)
        self.place.setRange(0, film.frame_count - 1)
        self.place.setAccessibleName(tr("Place in {camera}", camera=name))
        self.place.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows are the picture's
        self.place.sliderMoved.connect(lambda frame: self.go_to(frame, quick=True))
        self.place.sliderReleased.connect(self._ask)
        self.mark_button = button(tr("Mark this frame"), mark)
        self.mark_button.setAccessibleName(tr("Mark this frame of {camera}", camera=name))
        self._where = label("–", "muted")
        self.marked = label("", "badge-good")
        self.marked.hide()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_RESTS_MS)
        self._settle.timeout.connect(self._ask)
        post = _Post()
        post.delivered.connect(self.picture.take)
        self._worker: FrameWorker | None = FrameWorker(film, post.deliver)
        self.picture.destroyed.connect(self._worker.stop)
        stop_at_the_end(self.shut)
        self._lay_out()
        self.setFocusProxy(self.picture)

    @property
    def shown(self) -> int | None:
        """The number of the frame on the screen; None before the first, or if it cannot be shown."""
        return self.picture.shown

    @property
    def at_us(self) -> int | None:
        """When that frame begins, on the film's own clock."""
        return None if self.shown is None else self.film.at_us(self.shown)

    def go_to(self, frame: int, *, quick: bool = False) -> None:
        """Show a frame, the first or last where there is none of that number. quick: a near one first."""
        self._wanted = min(max(frame, 0), self.film.frame_count - 1)
        if not self.place.isSliderDown():
            self.place.setValue(self._wanted)
        if quick and self._worker is not None:
            size = self.picture.wanted_size()
            self._worker.preview(self._wanted, size.width(), size.height())
            self._settle.start()
        else:
            self._ask()

    def go_to_time(self, file_us: int) -> None:
        """Show the frame at a time of the film's own clock."""
        self.go_to(self.film.index_at(file_us))

    def show_marked(self, frame: int | None) -> None:
        """Say which frame is marked, None for none."""
        self.marked.setVisible(frame is not None)
        if frame is not None:
            self.marked.setText(tr("Marked: frame {frame}", frame=grouped(frame)))

    def shut(self) -> None:
        """End the decoding thread; may be called twice, and touches no widget: at the end they may be gone."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _ask(self) -> None:
        if self._worker is not None:
            self._settle.stop()
            self.picture.wanted = self._wanted
            size = self.picture.wanted_size()
            self._worker.show(self._wanted, size.width(), size.height())

    def _tell(self) -> None:
        if self.shown is not None:
            self._where.setText(
                tr("frame {frame} · {time}", frame=grouped(self.shown), time=clock(self.film.at_us(self.shown)))
            )

    def _key(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: +1}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not shift:
            if not event.isAutoRepeat() or self.shown == self._wanted:  # a held key waits for every frame
                self.go_to(self._wanted + way[key])
        elif key in way:
            seconds = way[key] * (1 if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) else _FAR_S)
            self.go_to_time(self.film.at_us(self._wanted) + seconds * SECOND_US)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(self.film.frame_count - 1)
        elif key == Qt.Key.Key_M and not event.isAutoRepeat():
            self._mark()
        else:
            event.ignore()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.name, "heading"))
        head.addStretch(1)
        head.addWidget(self.marked)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.place, 1)
        foot.addWidget(self._where)
        foot.addWidget(self.mark_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addLayout(foot)


class _Post(QObject):
    """Brings frames from the thread to the picture. It is nobody's child: the thread may outlive the widgets."""

    delivered = pyqtSignal(object)

    def deliver(self, result: Shown | NotShown) -> None:
        """For the thread, which keeps it alive by knowing this."""
        self.delivered.emit(result)


class FramePicture(QWidget):
    """Paints the frames that it takes. keyed: a key was pressed here. stepped: another frame was painted."""

    keyed = pyqtSignal(QKeyEvent)
    stepped = pyqtSignal()

    def __init__(self, name: str, film: FrameIndex, resized: Callable[[], None]) -> None:
        super().__init__()
        self.wanted = 0
        self.shown: int | None = None
        self._shape = QSize(max(film.geometry.width, 1), max(film.geometry.height, 1))
        self._resized = resized
        self._frame: Shown | None = None
        self._message = ""
        self.setAccessibleName(tr("Picture of {camera}", camera=name))
        self.setAccessibleDescription(
            tr("The arrows step a frame, with Shift a second, Page Up and Page Down ten seconds, M marks.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def wanted_size(self) -> QSize:
        """The size, in pixels of the screen, in which frames fill the room they have."""
        ratio = self.devicePixelRatioF()
        return (self._box().size() * ratio).expandedTo(QSize(2, 2))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """The viewer knows the keys."""
        if event is not None:
            self.keyed.emit(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._resized()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.backdrop))
        if self._frame is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._box(), image_of(self._frame.bgra))
        if self._message:
            painter.setPen(QColor(DARK.text))
            inner = self.rect().adjusted(16, 16, -16, -16)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._message)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme_now().accent), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()
        now = self._frame.index if self._frame is not None and not self._message else None
        if now != self.shown:
            self.shown = now
            self.stepped.emit()

    def take(self, result: Shown | NotShown) -> None:
        """Show a frame that was decoded, or why there is none; overtaken ones are left out."""
        if isinstance(result, NotShown):
            if result.index == self.wanted:
                self._message = str(result.error)
                self.update()
        elif result.index == self.wanted or not result.exact:
            self._frame, self._message = result, ""
            self.update()

    def _box(self) -> QRect:
        size = self._shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        return box
