"""On which line a value of a TOML file stands: tomllib reads values, but forgets where they were."""

import re

Path = tuple[str | int, ...]

DEEPEST = 12

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")' r"|'''.*?'{3,5}(?!')" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'", re.DOTALL
)
_PLAIN = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Path, int]:
    """The line (1 is the first) of every table, key and list item, by its path, e.g. ("tiers", 0, "label").

    text: TOML that tomllib has accepted; of anything else the result is incomplete, but never an error. Keys of
    more than 12 parts are cut there.
    """
    return _Walk(text).lines


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of a path, or of the nearest thing around it that is in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def string_end(text: str, at: int) -> int:
    """Where the string that begins at `at` has ended; `at` itself if none begins there."""
    found = _STRING.match(text, at)
    return found.end() if found else at


class _Walk:
    """One pass over the text; `at` is the place of reading."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.counted_to, self.line = 0, 1
        table: Path = ()
        self.blank()
        while self.at < len(text):
            before = self.at
            if text[self.at] == "[":
                table = self.header()
            else:
                self.assignment(table)
            self.blank()
            if self.at == before:
                return

    def blank(self) -> None:
        """Passes over white space, line ends and comments."""
        self.at = found.end() if (found := _BLANK.match(self.text, self.at)) else self.at

    def here(self) -> int:
        """The line of the place of reading."""
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line

    def key(self) -> list[str]:
        """A key with its dots, e.g. `tiers.codes`, in parts."""
        parts: list[str] = []
        while found := _KEY.match(self.text, self.at):
            if len(parts) < DEEPEST:
                parts.append(found[0].strip("\"'"))
            self.at = found.end()
            self.blank_in_line()
            if self.text[self.at : self.at + 1] != ".":
                break
            self.at += 1
            self.blank_in_line()
        return parts

    def blank_in_line(self) -> None:
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1

    def header(self) -> Path:
        """`[a.b]` or `[[a.b]]`; returns the path of the table that begins here."""
        line, many = self.here(), self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        self.blank_in_line()
        parts = self.key()
        self.at += 2 if many else 1
        path: Path = ()
        for part in parts:
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
            path = (*path, part)
        if many:
            self.lines.setdefault(path, line)
            self.counts[path] = self.counts.get(path, 0) + 1
        if path in self.counts:
            path = (*path, self.counts[path] - 1)
        self.lines.setdefault(path, line)
        return path

    def assignment(self, table: Path) -> None:
        """`key = value`."""
        line, path = self.here(), table
        for part in self.key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.blank_in_line()
        if self.text[self.at : self.at + 1] == "=":
            self.at += 1
            self.blank()
            self.value(path)

    def value(self, path: Path) -> None:
        """A value; lists and inline tables are entered."""
        if self.text[self.at : self.at + 1] == "[":
            self.members(path, "]")
        elif self.text[self.at : self.at + 1] == "{":
            self.members(path, "}")
        elif found := _STRING.match(self.text, self.at) or _PLAIN.match(self.text, self.at):
            self.at = found.end()

    def members(self, path: Path, close: str) -> None:
        """What stands between brackets, with commas between."""
        self.at += 1
        index = 0
        self.blank()
        while self.at < len(self.text) and self.text[self.at] != close:
            before = self.at
            if close == "]":
                self.lines[(*path, index)] = self.here()
                self.value((*path, index))
                index += 1
            else:
                self.assignment(path)
            self.blank()
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                self.blank()
            if self.at == before:
                return
        self.at += 1
