-- How pages came in: whose custody they were in, their bytes as received, the runs that brought them.

-- When a page was first seen: fetched, else added. Versions of a page follow each other by it.
ALTER TABLE documents ADD COLUMN seen TEXT;

-- Bytes as received, by their SHA-256, packed with zlib. What equals the page's text in UTF-8 needs no row.
CREATE TABLE originals (
    sha256 TEXT NOT NULL PRIMARY KEY,
    size   INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;

-- Every way in which a page came in. Empty text where something is not known, so that a row is itself its key.
CREATE TABLE custody (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    source   TEXT NOT NULL,
    address  TEXT NOT NULL,
    fetched  TEXT NOT NULL,
    by       TEXT NOT NULL,                       -- file, zip, warc, rows, feed, web
    sha256   TEXT NOT NULL,
    PRIMARY KEY (document, source, address, fetched, by)
) STRICT, WITHOUT ROWID;
CREATE INDEX custody_by_sha256 ON custody (sha256, source);

-- Bytes stay as long as a page was made of them.
CREATE TRIGGER custody_ends AFTER DELETE ON custody BEGIN
    DELETE FROM originals WHERE sha256 = OLD.sha256
        AND NOT EXISTS (SELECT 1 FROM custody WHERE sha256 = OLD.sha256);
END;

-- What is known of an address from the last time it was asked for. A page that is taken out is asked for anew.
CREATE TABLE addresses (
    address    TEXT NOT NULL PRIMARY KEY,
    etag       TEXT,
    modified   TEXT,
    wait_until TEXT,
    document   TEXT REFERENCES documents (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_document ON addresses (document) WHERE document IS NOT NULL;

CREATE TABLE runs (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    began   TEXT NOT NULL,
    ended   TEXT,                                 -- NULL while it goes on, and where it was killed
    state   TEXT,                                 -- done or interrupted
    asked   TEXT NOT NULL,                        -- JSON: what was named, and how it was to be read
    reader  TEXT NOT NULL,
    process INTEGER NOT NULL
) STRICT;

-- What became of each page, in the order of arrival.
CREATE TABLE run_pages (
    run      INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    place    INTEGER NOT NULL,
    source   TEXT NOT NULL,
    origin   TEXT NOT NULL,                       -- which of the names asked for it came from
    document TEXT REFERENCES documents (id) ON DELETE CASCADE,
    result   TEXT NOT NULL,                       -- new, new version, read again, no change, refused
    problem  TEXT,
    PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_pages_by_document ON run_pages (document) WHERE document IS NOT NULL;
