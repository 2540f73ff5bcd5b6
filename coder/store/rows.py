"""The words as rows and back: everything but coding passes, which `passes.py` keeps."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from coder.language import tr
from coder.model.problem import Problem, StoreError
from coder.model.scheme import SchemeId
from coder.model.study import Coder, Fingerprint, Media, Participant, Role, Session
from coder.model.time import Span
from coder.store import schema
from coder.store.schema import sealed
from coder.store.track_record import TrackRecord, provenance_of, provenance_text

Row = Mapping[str, Any]


def all_rows(connection: sa.Connection, select: "sa.Select[Any]") -> list[Row]:
    """The rows of a query, as mappings."""
    return [dict(row) for row in connection.execute(select).mappings()]


def add(connection: sa.Connection, table: sa.Table, values: Row) -> None:
    """Insert a sealed row."""
    connection.execute(table.insert(), sealed(table, values))


def next_position(connection: sa.Connection, table: sa.Table) -> int:
    """The place after the last row: lists are shown in the order in which they were made."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.position), 0))).scalar_one()) + 1


def require(connection: sa.Connection, table: sa.Table, row_id: str, what: str) -> None:
    """Raise StoreError if the table has no row of that id."""
    if connection.execute(sa.select(table.c.id).where(table.c.id == row_id)).first() is None:
        raise StoreError(Problem(tr("The study has no {what} “{name}”.", what=what, name=row_id)))


def refuse_second(connection: sa.Connection, table: sa.Table, row_id: str, what: str) -> None:
    """Raise StoreError if the table has a row of that id already."""
    if connection.execute(sa.select(table.c.id).where(table.c.id == row_id)).first() is not None:
        raise StoreError(Problem(tr("The study already has the {what} “{name}”.", what=what, name=row_id)))


def add_coder(connection: sa.Connection, coder: Coder) -> None:
    """Add a coder; refuses a second one of the same id or name."""
    refuse_second(connection, schema.coder, coder.id, "coder")
    if connection.execute(sa.select(schema.coder.c.id).where(schema.coder.c.name == coder.name)).first():
        raise StoreError(
            Problem(
                tr("There is already a coder called “{coder}”.", coder=coder.name), hint=tr("Choose another name.")
            )
        )
    values = {
        "id": coder.id,
        "position": next_position(connection, schema.coder),
        "name": coder.name,
        "role": coder.role.value,
        "reaction_us": coder.reaction_us or None,
    }
    add(connection, schema.coder, values)


def coders(connection: sa.Connection) -> tuple[Coder, ...]:
    """All coders, in the order in which they were added."""
    found = all_rows(connection, sa.select(schema.coder).order_by(schema.coder.c.position))
    return tuple(Coder(row["id"], row["name"], Role(row["role"]), row["reaction_us"] or 0) for row in found)


def set_reaction(connection: sa.Connection, coder_id: str, reaction_us: int) -> None:
    """Say how much earlier a coder's strokes are put from now on."""
    table = schema.coder
    found = connection.execute(sa.select(table).where(table.c.id == coder_id)).mappings().first()
    if found is None:
        raise StoreError(Problem(tr("The study has no coder “{coder}”.", coder=coder_id)))
    values = sealed(table, {**found, "reaction_us": reaction_us or None})
    connection.execute(table.update().where(table.c.id == coder_id).values(values))


def add_session(connection: sa.Connection, session: Session) -> None:
    """Add a session with its media; participants that the study knows already are linked."""
    refuse_second(connection, schema.session, session.id, "session")
    values = {
        "id": session.id,
        "position": next_position(connection, schema.session),
        "name": session.name,
        "window_start_us": session.window.start_us,
        "window_end_us": session.window.end_us,
        "recorded_on": session.recorded_on,
        "note": session.note,
        "group_name": session.group or None,
    }
    add(connection, schema.session, values)
    for media in session.media:
        add_media(connection, session.id, media)
    known = {person.id: person for person in participants(connection)}
    for position, person in enumerate(session.participants):
        if known.setdefault(person.id, person) != person:
            raise StoreError(
                Problem(
                    tr("Participant “{person}” is known in this study with other particulars.", person=person.id)
                )
            )
        if (
            connection.execute(
                sa.select(schema.participant.c.id).where(schema.participant.c.id == person.id)
            ).first()
            is None
        ):
            row = {"id": person.id, "role": person.role, "pseudonym": person.pseudonym}
            add(connection, schema.participant, row)
        link = {"session_id": session.id, "participant_id": person.id, "position": position}
        add(connection, schema.session_participant, link)


def set_group(connection: sa.Connection, session_id: str, group: str) -> None:
    """Say what a session is drawn within; "" for nothing."""
    table = schema.session
    require(connection, table, session_id, "session")
    found = connection.execute(sa.select(table).where(table.c.id == session_id)).mappings().one()
    values = sealed(table, {**found, "group_name": group or None})
    connection.execute(table.update().where(table.c.id == session_id).values(values))


def add_media(connection: sa.Connection, session_id: str, media: Media) -> None:
    """Add a film to a session, behind those it has."""
    refuse_second(connection, schema.media, media.id, "film")
    place = next_position(connection, schema.media)
    add(connection, schema.media, {"session_id": session_id, "position": place, **_media_row(media)})


def update_media(connection: sa.Connection, media: Media) -> None:
    """Replace the particulars of a film: path, offset, clock skew …"""
    table = schema.media
    found = connection.execute(sa.select(table).where(table.c.id == media.id)).mappings().first()
    if found is None:
        raise StoreError(Problem(tr("The study has no film “{media}”.", media=media.id)))
    values = sealed(table, {**found, **_media_row(media)})
    connection.execute(table.update().where(table.c.id == media.id).values(values))


def _media_row(media: Media) -> dict[str, object]:
    return {
        "id": media.id,
        "path": media.path,
        "sha256": media.fingerprint.sha256,
        "size": media.fingerprint.size,
        "role": media.role,
        "duration_us": media.duration_us,
        "frame_count": media.frame_count,
        "offset_us": media.offset_us,
        "skew_ppm": media.skew_ppm,
    }


def _media(row: Row) -> Media:
    return Media(
        id=row["id"],
        path=row["path"],
        fingerprint=Fingerprint(row["sha256"], row["size"]),
        role=row["role"],
        duration_us=row["duration_us"],
        frame_count=row["frame_count"],
        offset_us=row["offset_us"],
        skew_ppm=row["skew_ppm"],
    )


def participants(connection: sa.Connection) -> tuple[Participant, ...]:
    """Everybody who is on a film of the study, by id."""
    found = all_rows(connection, sa.select(schema.participant).order_by(schema.participant.c.id))
    return tuple(Participant(row["id"], row["role"], row["pseudonym"]) for row in found)


def sessions(connection: sa.Connection) -> tuple[Session, ...]:
    """All sessions, in the order in which they were added."""
    films: dict[str, list[Media]] = {}
    for row in all_rows(connection, sa.select(schema.media).order_by(schema.media.c.position)):
        films.setdefault(row["session_id"], []).append(_media(row))
    people = {person.id: person for person in participants(connection)}
    present: dict[str, list[Participant]] = {}
    link = schema.session_participant
    for row in all_rows(connection, sa.select(link).order_by(link.c.position)):
        present.setdefault(row["session_id"], []).append(people[row["participant_id"]])
    return tuple(
        Session(
            id=row["id"],
            name=row["name"],
            window=Span(row["window_start_us"], row["window_end_us"]),
            media=tuple(films.get(row["id"], ())),
            participants=tuple(present.get(row["id"], ())),
            recorded_on=row["recorded_on"],
            note=row["note"],
            group=row["group_name"] or "",
        )
        for row in all_rows(connection, sa.select(schema.session).order_by(schema.session.c.position))
    )


def add_scheme(connection: sa.Connection, scheme: SchemeId, text: str) -> None:
    """Keep a scheme's text for good. The same one again does nothing; changed under an old version is refused."""
    for known in schemes(connection):
        if (known.name, known.version) == (scheme.name, scheme.version):
            if known.sha256 == scheme.sha256:
                return
            raise StoreError(
                Problem(
                    tr(
                        "This study already has “{scheme}” version {version} with another text.",
                        scheme=scheme.name,
                        version=scheme.version,
                    ),
                    hint=tr(
                        "Give the changed scheme a new version, so that passes made with either stay comparable."
                    ),
                )
            )
    place = next_position(connection, schema.scheme)
    row = {
        "name": scheme.name,
        "version": scheme.version,
        "position": place,
        "sha256": scheme.sha256,
        "text": text,
    }
    add(connection, schema.scheme, row)


def schemes(connection: sa.Connection) -> tuple[SchemeId, ...]:
    """The schemes of the study, in the order in which they were added."""
    table = schema.scheme
    found = all_rows(
        connection, sa.select(table.c.name, table.c.version, table.c.sha256).order_by(table.c.position)
    )
    return tuple(SchemeId(row["name"], row["version"], row["sha256"]) for row in found)


def scheme_text(connection: sa.Connection, scheme: SchemeId) -> str:
    """The text of exactly this scheme."""
    table = schema.scheme
    same = (table.c.name == scheme.name) & (table.c.version == scheme.version) & (table.c.sha256 == scheme.sha256)
    found: str | None = connection.execute(sa.select(table.c.text).where(same)).scalar_one_or_none()
    if found is None:
        raise StoreError(
            Problem(
                tr("The study does not have the scheme {scheme}.", scheme=scheme), hint=tr("Add the scheme first.")
            )
        )
    return found


def put_track(connection: sa.Connection, record: TrackRecord) -> str | None:
    """Add a track, or replace the one of the same film and run; gives the path of the one replaced."""
    table = schema.track
    require(connection, schema.media, record.media_id, "film")
    same = (table.c.media_id == record.media_id) & (table.c.run == record.run)
    old: str | None = connection.execute(sa.select(table.c.path).where(same)).scalar_one_or_none()
    connection.execute(table.delete().where(same))
    values = {
        "id": record.id,
        "position": next_position(connection, table),
        "media_id": record.media_id,
        "run": record.run,
        "extractor": record.provenance.extractor,
        "version": record.provenance.version,
        "path": record.path,
        "sha256": record.sha256,
        "rows": record.rows,
        "signals": json.dumps(record.signals),
        "provenance": provenance_text(record.provenance),
        "created_at": record.created_at,
    }
    add(connection, table, values)
    return old


def remove_track(connection: sa.Connection, track_id: str) -> str:
    """Remove a track; gives the path of its file."""
    table = schema.track
    require(connection, table, track_id, "track")
    path: str = connection.execute(sa.select(table.c.path).where(table.c.id == track_id)).scalar_one()
    connection.execute(table.delete().where(table.c.id == track_id))
    return path


def tracks(connection: sa.Connection, session_id: str | None) -> tuple[TrackRecord, ...]:
    """The tracks of a session's films, or of all, oldest first."""
    table = schema.track
    select = sa.select(table).join(schema.media).order_by(table.c.position)
    if session_id is not None:
        select = select.where(schema.media.c.session_id == session_id)
    return tuple(
        TrackRecord(
            id=row["id"],
            media_id=row["media_id"],
            run=row["run"],
            path=row["path"],
            sha256=row["sha256"],
            rows=row["rows"],
            signals=tuple(json.loads(row["signals"])),
            provenance=provenance_of(row["provenance"]),
            created_at=row["created_at"],
        )
        for row in all_rows(connection, select)
    )
