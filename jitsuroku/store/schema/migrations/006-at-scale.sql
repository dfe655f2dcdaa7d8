-- What lists, timelines and overviews ask, so that none of them reads a whole table: records by what they are listed under, and clusters.

ALTER TABLE documents ADD COLUMN outlet TEXT;
UPDATE documents SET outlet = (SELECT json_extract(r.json, '$.outlet') FROM records r WHERE r.id = documents.id);

-- What views show, with the day by which it is listed: its own, else that of its page.
CREATE VIEW shown_lines AS SELECT
    r.id, r.kind, r.document, r.type, r.status, r.day_from, r.day_to, coalesce(r.judged, r.json) AS line,
    coalesce(
        CASE WHEN r.kind IN ('event', 'statement', 'commitment') THEN r.day_to END,
        CASE WHEN d.published IS NOT NULL THEN d.day_to END, '') AS day,
    coalesce(CASE WHEN r.kind IN ('event', 'statement', 'commitment') THEN r.day_from END, '') AS begins,
    coalesce(d.outlet, d.source) AS source
FROM records r JOIN documents d ON d.id = r.document
WHERE r.hidden = 0 AND d.newest = 1
    AND r.kind IN ('document', 'event', 'statement', 'reading', 'commitment', 'figure', 'flag', 'unresolved');

-- Under what each of them is listed: '' with all of its kind, "party:USA", "type:CONSULT" ...; "long:" has what lasts more than a year, "undated:" events that tell no day.
CREATE VIEW listing_of AS
    SELECT '' AS facet, s.kind, s.day, s.id AS record, s.begins, s.document FROM shown_lines s
    UNION ALL SELECT 'long:', s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        WHERE julianday(s.day_to) - julianday(s.day_from) > 366
    UNION ALL SELECT 'undated:', s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        WHERE s.kind = 'event' AND s.day_from IS NULL
    UNION ALL SELECT 'type:' || s.type, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s WHERE s.type IS NOT NULL
    UNION ALL SELECT 'status:' || s.status, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s WHERE s.status IS NOT NULL
    UNION ALL SELECT 'status:' || json_extract(s.line, '$.severity'), s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        WHERE s.kind = 'flag'
    UNION ALL SELECT 'source:' || s.source, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
    UNION ALL SELECT 'party:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id
        WHERE p.side IN ('actor', 'giver', 'for', 'speaker', 'recipient', 'receiver', 'of')
    UNION ALL SELECT 'about:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id WHERE s.kind = 'statement' AND p.side IN ('for', 'speaker')
    UNION ALL SELECT 'about:' || a.value, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN json_each(s.line, '$.about') a WHERE s.kind = 'statement'
    UNION ALL SELECT 'person:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id WHERE p.side IN ('person', 'speaker')
    UNION ALL SELECT 'format:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id WHERE p.side = 'framework'
    UNION ALL SELECT 'topic:' || t.value, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN json_each(s.line, '$.topics') t WHERE s.kind IN ('event', 'statement', 'commitment');

-- The rows of that view, kept: the newest first under each.
CREATE TABLE listing (
    facet  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    day    TEXT NOT NULL,
    record TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    begins TEXT NOT NULL,                         -- the first day of its own date; '' without one
    PRIMARY KEY (facet, kind, day DESC, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_by_record ON listing (record);
INSERT OR IGNORE INTO listing SELECT facet, kind, day, record, begins FROM listing_of;

-- What several pages tell of. `places`: the records in order, with their pages; `differing`: the fields in which these do not agree.
CREATE TABLE clusters (
    id          TEXT NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    independent INTEGER NOT NULL,
    members     INTEGER NOT NULL,
    origins     TEXT NOT NULL,                    -- JSON: the independent sources
    places      TEXT NOT NULL,                    -- JSON: [[record, document], ...]
    differing   TEXT NOT NULL,                    -- JSON: names of fields
    differences INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX clusters_in_order ON clusters (kind, independent DESC, members DESC, id);
CREATE INDEX clusters_by_difference ON clusters (differences DESC, independent DESC, id);

CREATE TABLE cluster_members (
    record   TEXT NOT NULL PRIMARY KEY,
    cluster  TEXT NOT NULL REFERENCES clusters (id) ON DELETE CASCADE,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_members_by_cluster ON cluster_members (cluster);
CREATE INDEX cluster_members_by_document ON cluster_members (document);

-- Records, and pages, whose cluster is to be made anew.
CREATE TABLE cluster_stale (record TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO cluster_stale SELECT record FROM link_ends;

CREATE TRIGGER link_end_comes AFTER INSERT ON link_ends BEGIN
    INSERT OR IGNORE INTO cluster_stale VALUES (NEW.record);
END;
CREATE TRIGGER link_end_goes AFTER DELETE ON link_ends BEGIN
    INSERT OR IGNORE INTO cluster_stale VALUES (OLD.record);
END;
CREATE TRIGGER linked_record_is_hidden AFTER UPDATE OF hidden ON records
WHEN NEW.hidden <> OLD.hidden AND EXISTS (SELECT 1 FROM link_ends WHERE record = NEW.id) BEGIN
    INSERT OR IGNORE INTO cluster_stale VALUES (NEW.id);
END;
CREATE TRIGGER clustered_record_goes AFTER DELETE ON records BEGIN
    INSERT OR IGNORE INTO cluster_stale SELECT record FROM cluster_members WHERE record = OLD.id;
END;

-- Everyone named on the newest pages by name and country ('' where it is not known), with the number of pages.
CREATE TABLE people_counts (
    name      TEXT NOT NULL,
    country   TEXT NOT NULL,
    office    TEXT,
    documents INTEGER NOT NULL,
    PRIMARY KEY (name, country)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_count ON people_counts (documents DESC, name, country);
INSERT INTO people_counts
    SELECT n.name, coalesce(n.country, ''), max(n.office), count(*) FROM people n JOIN documents d ON d.id = n.document
    WHERE d.newest = 1 AND n.form = n.name GROUP BY 1, 2;

CREATE TRIGGER person_comes AFTER INSERT ON people
WHEN NEW.form = NEW.name AND (SELECT newest FROM documents WHERE id = NEW.document) = 1 BEGIN
    INSERT INTO people_counts VALUES (NEW.name, coalesce(NEW.country, ''), NEW.office, 1)
        ON CONFLICT (name, country) DO UPDATE SET documents = documents + 1,
            office = CASE WHEN office IS NULL OR excluded.office > office THEN coalesce(excluded.office, office) ELSE office END;
END;
CREATE TRIGGER person_goes AFTER DELETE ON people
WHEN OLD.form = OLD.name AND (SELECT newest FROM documents WHERE id = OLD.document) = 1 BEGIN
    UPDATE people_counts SET documents = documents - 1 WHERE name = OLD.name AND country = coalesce(OLD.country, '');
    UPDATE people_counts SET office = (
        SELECT max(n.office) FROM people n JOIN documents d ON d.id = n.document
        WHERE n.form = OLD.name AND n.name = OLD.name AND coalesce(n.country, '') = coalesce(OLD.country, '') AND d.newest = 1)
    WHERE name = OLD.name AND country = coalesce(OLD.country, '') AND office = OLD.office;
    DELETE FROM people_counts WHERE name = OLD.name AND country = coalesce(OLD.country, '') AND documents = 0;
END;
-- While the page is still there to tell whether it was the newest.
CREATE TRIGGER people_go_first BEFORE DELETE ON documents BEGIN
    DELETE FROM people WHERE document = OLD.id;
END;
CREATE TRIGGER people_of_a_version AFTER UPDATE OF newest ON documents WHEN NEW.newest <> OLD.newest BEGIN
    DELETE FROM people_counts WHERE (name, country) IN
        (SELECT name, coalesce(country, '') FROM people WHERE document = NEW.id AND form = name);
    INSERT INTO people_counts
        SELECT n.name, coalesce(n.country, ''), max(n.office), count(*) FROM people n JOIN documents d ON d.id = n.document
        WHERE d.newest = 1 AND n.form = n.name AND (n.name, coalesce(n.country, '')) IN
            (SELECT name, coalesce(country, '') FROM people WHERE document = NEW.id AND form = name)
        GROUP BY 1, 2;
END;
