-- What people decided, applied: the export keeps a record as it was read, views show it as it was judged.

ALTER TABLE records ADD COLUMN judged TEXT;                       -- the line as judged; NULL where nobody changed it
ALTER TABLE records ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0; -- 1: rejected, dismissed or merged into another
ALTER TABLE records ADD COLUMN layer INTEGER NOT NULL DEFAULT 0;  -- 0 read, 1 added by a person, 2 for views only
CREATE INDEX records_hidden ON records (id) WHERE hidden = 1;
