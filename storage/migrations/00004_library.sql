-- The library: where questionnaires came from, which teams are offered them, and imports that wait to be accepted.

-- +goose Up
-- Those that are there already came with the program, which is what the presets say.
ALTER TABLE questionnaire ADD COLUMN kind TEXT NOT NULL DEFAULT 'builtin' CHECK (kind <> '');
ALTER TABLE questionnaire ADD COLUMN file_name TEXT NOT NULL DEFAULT '';
ALTER TABLE questionnaire ADD COLUMN added_by TEXT NOT NULL DEFAULT ''; -- the name at that time
ALTER TABLE questionnaire ADD COLUMN everywhere INTEGER NOT NULL DEFAULT 1 CHECK (everywhere IN (0, 1));
ALTER TABLE questionnaire ADD COLUMN source TEXT NOT NULL DEFAULT '{}';
ALTER TABLE questionnaire ADD COLUMN counts TEXT NOT NULL DEFAULT '{}';

UPDATE questionnaire
SET source = coalesce(json_extract(CAST(document AS TEXT), '$.source'), '{}'),
    counts = json_object(
        'pillars', json_array_length(CAST(document AS TEXT), '$.pillars'),
        'principles', (SELECT coalesce(sum(json_array_length(value)), 0) FROM json_tree(CAST(document AS TEXT), '$.pillars') WHERE key = 'principles'),
        'questions', (SELECT coalesce(sum(json_array_length(value)), 0) FROM json_tree(CAST(document AS TEXT), '$.pillars') WHERE key = 'questions'),
        'practices', (SELECT coalesce(sum(json_array_length(value)), 0) FROM json_tree(CAST(document AS TEXT), '$.pillars') WHERE key = 'practices'),
        'tradeoffs', coalesce(json_array_length(CAST(document AS TEXT), '$.tradeoffs'), 0));

CREATE INDEX questionnaire_id ON questionnaire (id, version);
CREATE INDEX assessment_questionnaire ON assessment (questionnaire);

-- What a team says about a questionnaire; without a row, the questionnaire's everywhere holds.
CREATE TABLE team_questionnaire (
    team_id        TEXT    NOT NULL REFERENCES team (id),
    questionnaire  TEXT    NOT NULL REFERENCES questionnaire (sha256),
    enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    PRIMARY KEY (team_id, questionnaire)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_questionnaire_questionnaire ON team_questionnaire (questionnaire);

CREATE TABLE import_draft (
    id          TEXT    NOT NULL PRIMARY KEY,
    account_id  TEXT    NOT NULL REFERENCES account (id),
    kind        TEXT    NOT NULL CHECK (kind <> ''),
    file_name   TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    losses      TEXT    NOT NULL,
    document    BLOB    NOT NULL
) STRICT;

CREATE INDEX import_draft_account ON import_draft (account_id, created_at);

-- The questionnaire of a snapshot is in its document; here it is said too, so that none is deleted of which there are
-- snapshots. Null only in the moment of this step.
DROP TRIGGER snapshot_is_never_changed;
ALTER TABLE snapshot ADD COLUMN questionnaire TEXT REFERENCES questionnaire (sha256);
UPDATE snapshot
SET questionnaire = (SELECT a.questionnaire FROM assessment a WHERE a.id = snapshot.assessment_id);
CREATE INDEX snapshot_questionnaire ON snapshot (questionnaire);

-- +goose StatementBegin
CREATE TRIGGER snapshot_is_never_changed BEFORE UPDATE ON snapshot
BEGIN
    SELECT RAISE (ABORT, 'snapshots are immutable');
END;
-- +goose StatementEnd
