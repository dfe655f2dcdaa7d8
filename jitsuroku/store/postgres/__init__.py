"""The same store on a PostgreSQL server, for teams: what differs from an SQLite file stands here."""
