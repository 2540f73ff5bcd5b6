"""The steps from one study format to the next, and how they are run.

A new format: change `schema.py`, add `versions/r000N_….py` (revision "000N"), raise `SHIPPED`'s head, and say in
the file why. A migration runs in one transaction, after a snapshot; triggers are made again after it, since the
batch rebuild of a table drops them silently.
"""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from coder.store.schema import triggers

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Migrations:
    """A folder of revision files, and the number of the newest."""

    scripts: Path
    head: int

    def upgrade(self, connection: sa.Connection) -> None:
        """Bring the tables to the newest format, inside the connection's transaction."""
        # Alembic takes half a second to load, and hardly any start of the program needs it.
        from alembic import command  # noqa: PLC0415 - see above
        from alembic.config import Config  # noqa: PLC0415 - see above

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
        config.set_main_option("version_locations", str(self.scripts).replace("%", "%%"))
        config.set_main_option("path_separator", "newline")
        command.upgrade(config, "head")
        for name, statement in triggers().items():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(statement)


SHIPPED = Migrations(_HERE / "versions", 6)
