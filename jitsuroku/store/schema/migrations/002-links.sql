-- Links between records: by which keys records are compared, and what has to be compared again.

-- The linking rules that gave a document's keys; NULL while it has none. Only the newest version of a page has keys.
ALTER TABLE documents ADD COLUMN linker TEXT;
CREATE INDEX documents_by_linker ON documents (linker);

CREATE TABLE link_keys (
    key    TEXT NOT NULL,
    record TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    PRIMARY KEY (key, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_keys_by_record ON link_keys (record);

-- Records to be compared: new ones, and those that a key no longer brings together. ``taken`` is 1 while somebody does, so that what comes meanwhile waits.
CREATE TABLE link_new (
    record TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    taken  INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1)),
    PRIMARY KEY (taken, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_new_by_record ON link_new (record);

-- Keys that a record lost: all others that have them are to be compared again.
CREATE TABLE link_lost (
    key   TEXT NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1)),
    PRIMARY KEY (taken, key)
) STRICT, WITHOUT ROWID;

-- The two records of every link, and the records of a flag between pages.
CREATE TABLE link_ends (
    record TEXT NOT NULL,
    link   TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    PRIMARY KEY (record, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_ends_by_link ON link_ends (link);

-- What goes takes its links along, and what was compared with it has to be looked at again.
CREATE TRIGGER link_key_goes AFTER DELETE ON link_keys BEGIN
    INSERT OR IGNORE INTO link_lost (key) VALUES (OLD.key);
END;
CREATE TRIGGER linked_record_goes AFTER DELETE ON records BEGIN
    DELETE FROM records WHERE id IN (SELECT link FROM link_ends WHERE record = OLD.id);
END;

CREATE TRIGGER version_is_replaced AFTER UPDATE OF newest ON documents WHEN NEW.newest = 0 AND OLD.newest = 1 BEGIN
    DELETE FROM records WHERE id IN (
        SELECT e.link FROM link_ends e JOIN records r ON r.id = e.record WHERE r.document = NEW.id);
    DELETE FROM link_keys WHERE record IN (SELECT id FROM records WHERE document = NEW.id);
    UPDATE documents SET linker = NULL WHERE id = NEW.id;
END;

-- Where several records would do, the first by source is named: another name of a page may name another.
CREATE TRIGGER source_changes AFTER UPDATE OF source ON documents WHEN OLD.source <> NEW.source BEGIN
    UPDATE documents SET linker = NULL WHERE id = NEW.id;
END;

-- A page that is read again is compared again.
CREATE TRIGGER document_is_read_again AFTER UPDATE OF reader ON documents BEGIN
    UPDATE documents SET linker = NULL WHERE id = NEW.id;
END;
