"""What who runs a server has to say to it, once, for a team: a role that writes, a role that reads."""

from __future__ import annotations

from jitsuroku.store.postgres.dialect import SCHEMA

STATEMENTS = """\
-- Run as a superuser, or as the owner of the database with CREATEROLE; it may be run again.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {writers_text}) THEN CREATE ROLE {writers} NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {readers_text}) THEN CREATE ROLE {readers} NOLOGIN; END IF;
END $$;
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {writers}, {readers};
CREATE SCHEMA IF NOT EXISTS {schema};
-- What stands there already, made by one person, becomes the writers'.
DO $$
DECLARE it regclass;
BEGIN
    ALTER SCHEMA {schema} OWNER TO {writers};
    FOR it IN SELECT oid FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO {writers}', it);
    END LOOP;
END $$;
GRANT USAGE ON SCHEMA {schema} TO {readers};
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {readers};
ALTER DEFAULT PRIVILEGES FOR ROLE {writers} IN SCHEMA {schema} GRANT SELECT ON TABLES TO {readers};
-- Then for each person, e.g.:
-- CREATE ROLE hanako LOGIN PASSWORD '…'; GRANT {writers} TO hanako;
-- CREATE ROLE taro LOGIN PASSWORD '…'; GRANT {readers} TO taro;
"""


def role_statements(database: str, writers: str, readers: str) -> str:
    """The statements that make the two roles for a database and give each its rights. Raises ValueError for names that no
    role or database can have."""
    names = {"database": database, "writers": writers, "readers": readers}
    for what, name in names.items():
        if not name or len(name.encode()) > 63 or not name.isprintable() or "$$" in name or "%" in name:
            raise ValueError(f"{what}: {name!r} is no name; give one of 1 to 63 bytes")
    quoted = {what: '"' + name.replace('"', '""') + '"' for what, name in names.items()}
    texts = {f"{what}_text": "'" + name.replace("'", "''") + "'" for what, name in names.items()}
    return STATEMENTS.format(schema=SCHEMA, **quoted, **texts)
