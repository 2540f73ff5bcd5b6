"""Reading coded events from a table: our own, or any that has the columns code, onset and offset."""

from dataclasses import replace
from uuid import uuid4

from coder.formats.event_row import (
    Row,
    RowError,
    answer,
    certainty,
    either,
    modifiers,
    moments,
    reaction_us,
    time_us,
)
from coder.formats.scheme_flaw import did_you_mean
from coder.formats.table_rows import table_rows
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import FormatError, Problem
from coder.model.scheme import Code, Scheme, Tier, TierKind
from coder.model.time import Span, clock


def parse_events(text: str, name: str, scheme: Scheme, window: Span | None = None) -> tuple[Event, ...]:
    """The events of one pass in a CSV text, in the order of the rows, each with a new id.

    name: what problems call the text, usually its file's name. Columns are separated by comma, semicolon or tab.
    Needed are code and onset, and offset for states; a time is seconds (13.747) or a clock (00:00:13.747). Whole
    microseconds in onset_us and offset_us count before these, which must then agree. The tier may be left out
    where a code is in one tier only. Columns that are not known are passed over. window: if given, events outside
    it are mistakes. Raises FormatError with all problems, each with its row (the heading is row 1) and column.
    """
    reader = TableReader(name, scheme, window)
    events = reader.events(text)
    if reader.problems:
        raise FormatError(*reader.problems)
    return tuple(events)


class TableReader:
    """Reads one table and gathers its problems. A table that says more has a reader that adds to it."""

    def __init__(self, name: str, scheme: Scheme, window: Span | None) -> None:
        self.name, self.scheme, self.window = name, scheme, window
        self.found: list[tuple[int, Problem]] = []

    @property
    def problems(self) -> list[Problem]:
        """All problems in the order of the rows."""
        return [problem for _, problem in sorted(self.found, key=lambda entry: entry[0])]

    def report(self, what: str, hint: str = "", row: int = 1, column: str = "") -> None:
        """Keep a problem of a row (the heading is row 1)."""
        place = f"{self.name}: row {row}" + (f", column {column}" if column else "")
        self.found.append((row, Problem(what, place, hint)))

    def events(self, text: str) -> list[Event]:
        """The events of a text, those left out that cannot be read."""
        return self.read(list(table_rows(text, self.report)))

    def read(self, rows: list[Row]) -> list[Event]:
        """The events of these rows, those left out that cannot be read."""
        self.check_origin(rows)
        placed: list[tuple[Row, Event]] = []
        for row in rows:
            try:
                placed.append((row, self.event(row)))
            except RowError as mistake:
                self.report(mistake.what, mistake.hint, row.number, mistake.column)
        self.check_overlaps(placed)
        return self.answered(placed)

    def check_origin(self, rows: list[Row]) -> None:
        """The table must hold one pass, made with this very scheme."""
        identity = self.scheme.id
        for column, ours in (
            ("scheme", identity.name),
            ("scheme_version", identity.version),
            ("scheme_sha256", identity.sha256),
        ):
            other = next((row for row in rows if row.text(column) not in ("", ours)), None)
            if other is not None:
                what = tr(
                    "The events were coded with “{theirs}”, and here is “{ours}”.",
                    theirs=other.text(column),
                    ours=ours,
                )
                hint = tr(
                    "Choose that scheme; if you know that the codes mean the same, remove the scheme columns."
                )
                self.report(what, hint, other.number, column)
                break
        for column in ("session", "coder"):
            first = rows[0].text(column) if rows else ""
            other = next((row for row in rows if row.text(column) != first), None)
            if other is not None:
                what = tr(
                    "The table holds more than one {column}: “{first}” and “{second}”.",
                    column=column,
                    first=first,
                    second=other.text(column),
                )
                self.report(what, tr("Keep the rows of one {column}.", column=column), other.number, column)

    def event(self, row: Row) -> Event:
        """The event of a row, without its answer. Raises RowError if it is none."""
        tier, code = self.place(row)
        return Event(
            str(uuid4()),
            tier.id,
            code.id,
            self.span(row, tier, code),
            modifiers(row, code),
            row.text("note"),
            certainty(row),
            reaction_us(row),
            moments=moments(row),
            either=either(row, tier, code),
        )

    def answered(self, placed: list[tuple[Row, Event]]) -> list[Event]:
        """The events, each with the id of the one that answers it, which the table names by code and onset."""
        by_place = {(event.tier, event.code, event.onset_us): event.id for _, event in placed}
        found = []
        for row, event in placed:
            link = self.scheme.link_of(event.tier)
            try:
                named = answer(row, link)
                if named is not None and link is not None:
                    act_id = by_place.get((link.acts, *named))
                    if act_id is None:
                        what = tr("The table has no “{code}” at {time}.", code=named[0], time=clock(named[1]))
                        raise RowError("answer", what, tr("Correct the answer, or add the row."))
                    found.append(replace(event, answer=act_id))
                else:
                    found.append(event)
            except RowError as mistake:
                self.report(mistake.what, mistake.hint, row.number, mistake.column)
        return found

    def place(self, row: Row) -> tuple[Tier, Code]:
        tier_id, code_id = row.text("tier").strip(), row.text("code").strip()
        if not code_id:
            raise RowError("code", tr("The row has no code."), tr("Fill it in, or remove the row."))
        if tier_id and not self.scheme.has_tier(tier_id):
            hint = did_you_mean(tier_id, [tier.id for tier in self.scheme.tiers])
            raise RowError("tier", tr("The scheme has no tier “{tier}”.", tier=tier_id), hint)
        tiers = [tier for tier in self.scheme.tiers if tier_id in ("", tier.id)]
        found = [(tier, code) for tier in tiers for code in tier.codes if code.id == code_id]
        if not found:
            whose = tr("tier “{tier}”", tier=tier_id) if tier_id else tr("scheme")
            hint = did_you_mean(code_id, [code.id for tier in tiers for code in tier.codes])
            raise RowError("code", tr("The {whose} has no code “{code}”.", whose=whose, code=code_id), hint)
        if len(found) > 1:
            names = ", ".join(tier.id for tier, _ in found)
            raise RowError(
                "code",
                tr("“{code}” is a code of several tiers: {names}.", code=code_id, names=names),
                tr("Add a column “tier”."),
            )
        return found[0]

    def span(self, row: Row, tier: Tier, code: Code) -> Span:
        onset_us = time_us(row, "onset")
        if onset_us is None:
            raise RowError("onset", tr("The row has no onset."), tr("Fill it in."))
        offset_us = time_us(row, "offset")
        if tier.kind is TierKind.POINT:
            if offset_us not in (None, onset_us):
                what = tr("“{code}” is a moment and cannot last.", code=code.label)
                raise RowError("offset", what, tr("Remove the offset."))
            offset_us = onset_us
        if offset_us is None:
            raise RowError("offset", tr("The row has no offset."), tr("Fill it in."))
        if offset_us < onset_us or (offset_us == onset_us and tier.kind is not TierKind.POINT):
            what = tr(
                "The event ends at {offset}, but it begins at {onset}.",
                offset=clock(offset_us),
                onset=clock(onset_us),
            )
            raise RowError("offset", what, tr("The offset must be later."))
        span, window = Span(onset_us, offset_us), self.window
        if window and not (window.start_us <= onset_us < window.end_us and offset_us <= window.end_us):
            what = tr(
                "The event lies outside the coded window, {start} to {end}.",
                start=clock(window.start_us),
                end=clock(window.end_us),
            )
            raise RowError("onset", what, tr("Check the times, or widen the window."))
        return span

    def check_overlaps(self, placed: list[tuple[Row, Event]]) -> None:
        """In an exclusive tier no two events share time, in others no two events of one code."""
        latest: dict[tuple[str, str], tuple[Row, Event]] = {}
        for row, event in sorted(placed, key=lambda entry: entry[1].span):
            line = event.tier, "" if self.scheme.tier(event.tier).exclusive else event.code
            last_row, last = latest.setdefault(line, (row, event))
            if last is not event and last.span.overlaps(event.span):
                what = tr(
                    "“{code}” overlaps “{other}” of row {number}.",
                    code=event.code,
                    other=last.code,
                    number=last_row.number,
                )
                self.report(what, tr("Only one of them can hold; correct the times."), row.number, "onset")
            if event.offset_us >= last.offset_us:
                latest[line] = row, event
