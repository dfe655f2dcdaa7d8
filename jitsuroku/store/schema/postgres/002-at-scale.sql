-- What lists, timelines and overviews ask: 006-at-scale of schema/migrations, remarked there.

ALTER TABLE documents ADD COLUMN outlet text COLLATE "C";
UPDATE documents SET outlet = (SELECT jitsuroku.json_extract(r.json, '$.outlet') FROM records r WHERE r.id = documents.id);

-- The strings of a list in a line.
CREATE FUNCTION json_each(line text, path text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE
    AS $$ SELECT pg_catalog.json_array_elements_text(found.list) FROM (SELECT line::json -> substr(path, 3)) AS found (list)
          WHERE json_typeof(found.list) = 'array' $$;

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

CREATE VIEW listing_of AS
    SELECT '' COLLATE "C" AS facet, s.kind, s.day, s.id AS record, s.begins, s.document FROM shown_lines s
    UNION ALL SELECT 'long:', s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        WHERE s.day_to::date - s.day_from::date > 366
    UNION ALL SELECT 'undated:', s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        WHERE s.kind = 'event' AND s.day_from IS NULL
    UNION ALL SELECT 'type:' || s.type, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s WHERE s.type IS NOT NULL
    UNION ALL SELECT 'status:' || s.status, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s WHERE s.status IS NOT NULL
    UNION ALL SELECT 'status:' || jitsuroku.json_extract(s.line, '$.severity'), s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        WHERE s.kind = 'flag'
    UNION ALL SELECT 'source:' || s.source, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
    UNION ALL SELECT 'party:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id
        WHERE p.side IN ('actor', 'giver', 'for', 'speaker', 'recipient', 'receiver', 'of')
    UNION ALL SELECT 'about:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id WHERE s.kind = 'statement' AND p.side IN ('for', 'speaker')
    UNION ALL SELECT 'about:' || a.value, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        CROSS JOIN jitsuroku.json_each(s.line, '$.about') a WHERE s.kind = 'statement'
    UNION ALL SELECT 'person:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id WHERE p.side IN ('person', 'speaker')
    UNION ALL SELECT 'format:' || p.code, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        JOIN event_parties p ON p.event = s.id WHERE p.side = 'framework'
    UNION ALL SELECT 'topic:' || t.value, s.kind, s.day, s.id, s.begins, s.document FROM shown_lines s
        CROSS JOIN jitsuroku.json_each(s.line, '$.topics') t WHERE s.kind IN ('event', 'statement', 'commitment');

-- Facets that are longer than a tree takes (the name of a page without an outlet) are left to the hash.
CREATE TABLE listing (
    facet  text COLLATE "C" NOT NULL,
    kind   text COLLATE "C" NOT NULL,
    day    text COLLATE "C" NOT NULL,
    record text COLLATE "C" NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    begins text COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX listing_once ON listing (record, hashtextextended(facet, 0), kind, day);
CREATE INDEX listing_in_order ON listing (facet, kind, day DESC, record) WHERE octet_length(facet) < 2000;
CREATE INDEX listing_by_facet ON listing USING hash (facet) WHERE octet_length(facet) >= 2000;
INSERT INTO listing SELECT facet, kind, day, record, begins FROM listing_of ON CONFLICT DO NOTHING;

CREATE TABLE clusters (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    kind        text COLLATE "C" NOT NULL,
    independent integer NOT NULL,
    members     integer NOT NULL,
    origins     text COLLATE "C" NOT NULL,
    places      text COLLATE "C" NOT NULL,
    differing   text COLLATE "C" NOT NULL,
    differences integer NOT NULL
);
CREATE INDEX clusters_in_order ON clusters (kind, independent DESC, members DESC, id);
CREATE INDEX clusters_by_difference ON clusters (differences DESC, independent DESC, id);

CREATE TABLE cluster_members (
    record   text COLLATE "C" NOT NULL PRIMARY KEY,
    cluster  text COLLATE "C" NOT NULL REFERENCES clusters (id) ON DELETE CASCADE,
    document text COLLATE "C" NOT NULL
);
CREATE INDEX cluster_members_by_cluster ON cluster_members (cluster);
CREATE INDEX cluster_members_by_document ON cluster_members (document);

CREATE TABLE cluster_stale (record text COLLATE "C" NOT NULL PRIMARY KEY);
INSERT INTO cluster_stale SELECT record FROM link_ends ON CONFLICT DO NOTHING;

CREATE FUNCTION link_end_comes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jitsuroku.cluster_stale VALUES (NEW.record) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER link_end_comes AFTER INSERT ON link_ends FOR EACH ROW EXECUTE FUNCTION link_end_comes();

CREATE FUNCTION link_end_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jitsuroku.cluster_stale VALUES (OLD.record) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER link_end_goes AFTER DELETE ON link_ends FOR EACH ROW EXECUTE FUNCTION link_end_goes();

CREATE FUNCTION linked_record_is_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jitsuroku.cluster_stale SELECT NEW.id WHERE EXISTS (SELECT 1 FROM jitsuroku.link_ends WHERE record = NEW.id)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER linked_record_is_hidden AFTER UPDATE OF hidden ON records FOR EACH ROW
    WHEN (NEW.hidden <> OLD.hidden) EXECUTE FUNCTION linked_record_is_hidden();

CREATE FUNCTION clustered_record_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jitsuroku.cluster_stale SELECT record FROM jitsuroku.cluster_members WHERE record = OLD.id ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER clustered_record_goes AFTER DELETE ON records FOR EACH ROW EXECUTE FUNCTION clustered_record_goes();

CREATE TABLE people_counts (
    name      text COLLATE "C" NOT NULL,
    country   text COLLATE "C" NOT NULL,
    office    text COLLATE "C",
    documents bigint NOT NULL,
    PRIMARY KEY (name, country)
);
CREATE INDEX people_by_count ON people_counts (documents DESC, name, country);
INSERT INTO people_counts
    SELECT n.name, coalesce(n.country, ''), max(n.office), count(*) FROM people n JOIN documents d ON d.id = n.document
    WHERE d.newest = 1 AND n.form = n.name GROUP BY 1, 2;

CREATE FUNCTION person_comes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT newest FROM jitsuroku.documents WHERE id = NEW.document) = 1 THEN
        INSERT INTO jitsuroku.people_counts AS c VALUES (NEW.name, coalesce(NEW.country, ''), NEW.office, 1)
            ON CONFLICT (name, country) DO UPDATE SET documents = c.documents + 1,
                office = CASE WHEN c.office IS NULL OR excluded.office > c.office THEN coalesce(excluded.office, c.office)
                    ELSE c.office END;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER person_comes AFTER INSERT ON people FOR EACH ROW WHEN (NEW.form = NEW.name) EXECUTE FUNCTION person_comes();

CREATE FUNCTION person_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT newest FROM jitsuroku.documents WHERE id = OLD.document) = 1 THEN
        UPDATE jitsuroku.people_counts SET documents = documents - 1
            WHERE name = OLD.name AND country = coalesce(OLD.country, '');
        UPDATE jitsuroku.people_counts SET office = (
            SELECT max(n.office) FROM jitsuroku.people n JOIN jitsuroku.documents d ON d.id = n.document
            WHERE n.form = OLD.name AND n.name = OLD.name AND coalesce(n.country, '') = coalesce(OLD.country, '')
                AND d.newest = 1)
            WHERE name = OLD.name AND country = coalesce(OLD.country, '') AND office = OLD.office;
        DELETE FROM jitsuroku.people_counts WHERE name = OLD.name AND country = coalesce(OLD.country, '') AND documents = 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER person_goes AFTER DELETE ON people FOR EACH ROW WHEN (OLD.form = OLD.name) EXECUTE FUNCTION person_goes();

CREATE FUNCTION people_go_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM jitsuroku.people WHERE document = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER people_go_first BEFORE DELETE ON documents FOR EACH ROW EXECUTE FUNCTION people_go_first();

CREATE FUNCTION people_of_a_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM jitsuroku.people_counts WHERE (name, country) IN
        (SELECT name, coalesce(country, '') FROM jitsuroku.people WHERE document = NEW.id AND form = name);
    INSERT INTO jitsuroku.people_counts
        SELECT n.name, coalesce(n.country, ''), max(n.office), count(*)
        FROM jitsuroku.people n JOIN jitsuroku.documents d ON d.id = n.document
        WHERE d.newest = 1 AND n.form = n.name AND (n.name, coalesce(n.country, '')) IN
            (SELECT name, coalesce(country, '') FROM jitsuroku.people WHERE document = NEW.id AND form = name)
        GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE TRIGGER people_of_a_version AFTER UPDATE OF newest ON documents FOR EACH ROW
    WHEN (NEW.newest <> OLD.newest) EXECUTE FUNCTION people_of_a_version();
