"""Columns of a study's tables, of the kinds that SQLite and PostgreSQL share."""

from typing import Any

import sqlalchemy as sa

SEAL = "seal"

METADATA = sa.MetaData()


def row_id() -> "sa.Column[str]":
    """The id of a row: text, its primary key."""
    return sa.Column("id", sa.Text, primary_key=True)


def text(name: str) -> "sa.Column[str]":
    """Text; never empty of a value."""
    return sa.Column(name, sa.Text, nullable=False)


def whole(name: str) -> "sa.Column[int]":
    """A whole number."""
    return sa.Column(name, sa.BigInteger, nullable=False)


def number(name: str) -> "sa.Column[float]":
    """A number to the last bit."""
    return sa.Column(name, sa.Double, nullable=False)


def usual(name: str, kind: "type[sa.types.TypeEngine[Any]]") -> "sa.Column[Any]":
    """A column that is empty where the value is the usual one."""
    return sa.Column(name, kind)


def ref(name: str, target: str) -> "sa.Column[str]":
    """The id of a row of another table, as `table.id`."""
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def scheme_key() -> sa.ForeignKeyConstraint:
    """The table's scheme is one that the study has."""
    return sa.ForeignKeyConstraint(["scheme_name", "scheme_version"], ["scheme.name", "scheme.version"])
