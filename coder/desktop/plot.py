"""What a chart shows, as values: dots with their intervals, lines, bands and levels. Nothing here paints."""

from dataclasses import dataclass

from coder.desktop.chart_scale import extent


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a chart. y: None where it is not defined. low, high: 95 % interval. said: all of it in words.

    struck: it lies outside what is allowed, and is drawn as another shape. times: how often it is there.
    """

    x: float
    y: float | None
    said: str
    low: float | None = None
    high: float | None = None
    struck: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class Level:
    """A value that is drawn across the chart with its name: a target, a floor, zero."""

    value: float
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart. line: (x, y) of a line of its own, beside the dots. band: what lies inside is as it should be.

    upright: a place of the x axis with its name. x_texts: what stands below these x; round numbers if there are
    none. joined: the dots are joined by a line. least, most: the least that the y axis shows. at: the dot that is
    pointed to first.
    """

    name: str
    x_title: str
    y_title: str
    dots: tuple[Dot, ...]
    least: float
    most: float
    line: tuple[tuple[float, float], ...] = ()
    line_name: str = ""
    band: tuple[float | None, float | None] = (None, None)
    levels: tuple[Level, ...] = ()
    upright: tuple[float, str] | None = None
    x_texts: tuple[tuple[float, str], ...] = ()
    joined: bool = True
    at: int = 0

    @property
    def y_range(self) -> tuple[float, float]:
        """What the y axis must show."""
        ends = [end for dot in self.dots for end in (dot.y, dot.low, dot.high)]
        drawn = [*ends, *(y for _, y in self.line), *(one.value for one in self.levels), *self.band]
        return extent(drawn, self.least, self.most)

    @property
    def x_range(self) -> tuple[float, float]:
        """What the x axis must show, with room at both sides."""
        places = [dot.x for dot in self.dots] + ([self.upright[0]] if self.upright else [])
        if not places:
            return (0.0, 1.0)
        room = 0.04 * (max(places) - min(places)) or 0.5
        return min(places) - room, max(places) + room
