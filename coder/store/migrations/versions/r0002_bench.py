"""What the bench came to ask for: how sure a coder is of an event, and the correction for reaction time.

The columns are empty for what is usual (certain; not corrected), so that the rows that are there need no touch.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("event", sa.Column("certainty", sa.Text))
    op.add_column("event", sa.Column("reaction_us", sa.BigInteger))
    op.add_column("coder", sa.Column("reaction_us", sa.BigInteger))
