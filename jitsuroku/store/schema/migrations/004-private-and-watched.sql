-- Pages that never leave this machine, saved queries, and how far what came in has been told.

ALTER TABLE documents ADD COLUMN private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1));  -- the same for all versions of a page
CREATE INDEX documents_private ON documents (id) WHERE private = 1;

CREATE TABLE queries (
    name  TEXT NOT NULL PRIMARY KEY,
    asked TEXT NOT NULL                           -- JSON: the options by name
) STRICT, WITHOUT ROWID;

-- One row for every report of the watch: the documents numbered from after `since` up to `upto` were told of then.
CREATE TABLE polls (
    query TEXT NOT NULL,                          -- '' where everything is watched
    since INTEGER NOT NULL,
    upto  INTEGER NOT NULL,
    at    TEXT NOT NULL,
    PRIMARY KEY (query, upto)
) STRICT, WITHOUT ROWID;
