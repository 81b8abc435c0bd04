-- Each entry of the audit log has the hash of itself and of all before it. Entries that are there already get theirs when
-- the server starts, because SQLite has no such function.

-- +goose Up
ALTER TABLE audit ADD COLUMN times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0);
ALTER TABLE audit ADD COLUMN person_seal TEXT NOT NULL DEFAULT '';  -- salt; once the text is blanked, its salted hash
ALTER TABLE audit ADD COLUMN detail_seal TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN address_seal TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';

-- The end of the log, which shows when the last entries are missing. It is about the whole installation: its team is empty.
CREATE TABLE audit_end (
    team       TEXT    NOT NULL PRIMARY KEY CHECK (team = ''),
    sequence   INTEGER NOT NULL,
    hash       TEXT    NOT NULL,
    removable  INTEGER NOT NULL DEFAULT 0 -- the sequence up to which entries are being removed
) STRICT, WITHOUT ROWID;

DROP TRIGGER audit_is_never_changed;
DROP TRIGGER audit_is_never_removed;

-- +goose StatementBegin
CREATE TRIGGER audit_is_only_blanked BEFORE UPDATE ON audit
WHEN OLD.hash <> '' AND NOT (
    (NEW.sequence, NEW.at, NEW.account_id, NEW.team_id, NEW.action, NEW.subject_kind, NEW.subject, NEW.assessment_id, NEW.token, NEW.times, NEW.hash)
    = (OLD.sequence, OLD.at, OLD.account_id, OLD.team_id, OLD.action, OLD.subject_kind, OLD.subject, OLD.assessment_id, OLD.token, OLD.times, OLD.hash)
    AND ((NEW.person, NEW.person_seal) = (OLD.person, OLD.person_seal) OR NEW.person = '' AND length(NEW.person_seal) = 64)
    AND ((NEW.detail, NEW.detail_seal) = (OLD.detail, OLD.detail_seal) OR NEW.detail = '' AND length(NEW.detail_seal) = 64)
    AND ((NEW.address, NEW.address_seal) = (OLD.address, OLD.address_seal) OR NEW.address = '' AND length(NEW.address_seal) = 64)
)
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_is_only_removed_with_a_note BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit_end WHERE removable >= OLD.sequence)
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
