"""Which part of a frame is seen, and where it lies on the screen: arithmetic without Qt."""

from dataclasses import dataclass, replace

MOST_ZOOM = 16.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px from the upper left corner of what surrounds it."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Room:
    """A place for pictures of one shape. width, height: px. aspect: width of a picture by its height."""

    width: float
    height: float
    aspect: float

    @property
    def letterbox(self) -> Box:
        """The largest whole picture in the room, in its middle."""
        width = min(self.width, self.height * self.aspect)
        height = width / self.aspect
        return Box((self.width - width) / 2, (self.height - height) / 2, width, height)


@dataclass(frozen=True, slots=True)
class Lens:
    """How a picture is looked at. zoom: 1 is the whole one. x, y: its point in the middle of the room, 0 to 1."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def box(self, room: Room) -> Box:
        """Where the whole picture lies; beyond the room where it is zoomed. It never leaves a needless gap."""
        whole = room.letterbox
        width, height = whole.width * self.zoom, whole.height * self.zoom
        return Box(
            _settled(room.width / 2 - self.x * width, width, room.width),
            _settled(room.height / 2 - self.y * height, height, room.height),
            width,
            height,
        )

    def zoomed(self, factor: float, room: Room, at: tuple[float, float] | None = None) -> "Lens":
        """`factor` times as large; the point under `at` (px, None: the middle) stays where it is."""
        zoom = min(max(self.zoom * factor, 1.0), MOST_ZOOM)
        if zoom == 1:
            return Lens()
        at_x, at_y = at or (room.width / 2, room.height / 2)
        old, whole = self.box(room), room.letterbox
        left = at_x - (at_x - old.left) / old.width * whole.width * zoom
        top = at_y - (at_y - old.top) / old.height * whole.height * zoom
        return replace(self, zoom=zoom)._put(left, top, room)

    def panned(self, dx_px: float, dy_px: float, room: Room) -> "Lens":
        """The picture moved by so many px, as far as it goes."""
        old = self.box(room)
        return self._put(old.left + dx_px, old.top + dy_px, room)

    def _put(self, left: float, top: float, room: Room) -> "Lens":
        box = self.box(room)
        left, top = _settled(left, box.width, room.width), _settled(top, box.height, room.height)
        return replace(self, x=(room.width / 2 - left) / box.width, y=(room.height / 2 - top) / box.height)


def _settled(begin: float, length: float, room: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(max(begin, room - length), 0.0)
