-- Documents, their pages and records. Offsets are code points into pages.text; days are ISO strings.

CREATE TABLE documents (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival; also the row of the search index
    id        TEXT NOT NULL UNIQUE,
    thread    TEXT NOT NULL,                      -- the same for all versions of a page
    newest    INTEGER NOT NULL CHECK (newest IN (0, 1)),
    source    TEXT NOT NULL,
    address   TEXT,
    reader    TEXT NOT NULL,                      -- the version of jitsuroku that read it
    language  TEXT,
    published TEXT,
    day_from  TEXT,
    day_to    TEXT
) STRICT;
CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX documents_by_address ON documents (address) WHERE address IS NOT NULL;
CREATE INDEX documents_by_thread ON documents (thread, number);

-- What was received, so that any page can be shown, and read again by a newer reader.
CREATE TABLE pages (
    document TEXT NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    text     TEXT NOT NULL,
    page     TEXT NOT NULL,                       -- JSON: the rest of the page (charset, walk, metadata, regions ...)
    blocks   TEXT NOT NULL                        -- JSON: [[start, end, role, kept, rule], ...]
) STRICT;

CREATE TABLE records (
    id       TEXT NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL,
    document TEXT REFERENCES documents (id) ON DELETE CASCADE,
    start    INTEGER NOT NULL,                    -- of the evidence; -1 where a kind has none
    type     TEXT,                                -- event type, flag, what a mention is, stage of a commitment ...
    status   TEXT,
    day_from TEXT,                                -- first and last day of the record's date
    day_to   TEXT,
    json     TEXT NOT NULL                        -- the line of the export
) STRICT;
CREATE INDEX records_in_export_order ON records (document, kind, start, id);
CREATE INDEX records_by_day ON records (kind, day_from);

-- Who takes part in a record: side is actor, recipient, giver, receiver, for, of, person or speaker.
CREATE TABLE event_parties (
    code  TEXT NOT NULL,
    side  TEXT NOT NULL,
    event TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    PRIMARY KEY (code, side, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_parties_by_event ON event_parties (event);

-- Every form of every person's name, by document.
CREATE TABLE people (
    form     TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    country  TEXT,
    office   TEXT,
    actor    INTEGER NOT NULL CHECK (actor IN (0, 1)),
    PRIMARY KEY (form, document, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_document ON people (document);

-- Overlapping bigrams made by search.py, one row a document; the ascii tokenizer parts words at spaces alone.
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', contentless_delete = 1, detail = full, tokenize = 'ascii'
);
