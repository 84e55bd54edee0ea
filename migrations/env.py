"""Where Alembic gets its connection: from whoever calls it (storage/schema.py), else from DATABASE_URL for developers
at the command line (`alembic -c alembic.ini revision ...`)."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy.engine import Connection

from storage import engine, life_tables


def _run(connection: Connection) -> None:
    # SQLite's statements on tables are part of the transaction too: storage/engine.py begins it by itself.
    context.configure(
        connection=connection,
        target_metadata=life_tables.section.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
elif url := os.environ.get("DATABASE_URL"):
    with engine.make_engine(url).begin() as own:
        _run(own)
else:
    raise SystemExit("DATABASE_URL is not set: say which database, for example sqlite:///postmortems.db")
