"""The memory: SQLite or Postgres through SQLAlchemy Core. Rows never leave this package, values of the domain do."""
