"""Run by Alembic for each upgrade: use the connection, and the transaction, that it was given."""

from alembic import context

# SQLite can roll back DDL; Alembic only believes it when told.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
