"""What the schemes came to ask for: answers to cues, moments that justify a rating, viewings, passes from passes.

The new columns are empty for what is usual, so that the rows that are there need no touch.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and the table of viewings."""
    op.add_column("event", sa.Column("answer", sa.Text))
    op.add_column("event", sa.Column("moments", sa.Text))
    op.add_column("coding_pass", sa.Column("made_from", sa.Text))
    op.create_table(
        "viewing",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), nullable=False),
        sa.Column("start_us", sa.BigInteger, nullable=False),
        sa.Column("end_us", sa.BigInteger, nullable=False),
        sa.Column("finished_at", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
    )
