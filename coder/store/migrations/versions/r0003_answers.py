"""What the schemes came to ask for: answers to cues, moments that justify a rating, passes from passes.

The new columns are empty for what is usual, so that the rows that are there need no touch.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("event", sa.Column("answer", sa.Text))
    op.add_column("event", sa.Column("moments", sa.Text))
    op.add_column("coding_pass", sa.Column("made_from", sa.Text))
