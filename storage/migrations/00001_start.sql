-- The first schema.
--
-- Moments are whole microseconds since 1970 in UTC: an integer compares, sorts and indexes alike in every database,
-- and no driver reads a time zone or a format into it. Calendar days are texts such as 2027-03-31, empty for none.
-- Lists and structures that no query looks into are JSON in a text. Flags are 0 or 1.

-- +goose Up
PRAGMA application_id = 1349285229; -- "Plum" in ASCII: tells a Plumbline database from any other

CREATE TABLE team (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL UNIQUE CHECK (name <> ''),
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
    id            TEXT    NOT NULL PRIMARY KEY,
    email         TEXT    NOT NULL UNIQUE CHECK (email <> ''), -- in lower case
    name          TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    admin         INTEGER NOT NULL CHECK (admin IN (0, 1)),
    version       INTEGER NOT NULL CHECK (version > 0),
    created_at    INTEGER NOT NULL,
    disabled_at   INTEGER
) STRICT;

CREATE TABLE membership (
    account_id  TEXT    NOT NULL REFERENCES account (id),
    team_id     TEXT    NOT NULL REFERENCES team (id),
    role        TEXT    NOT NULL CHECK (role IN ('viewer', 'architect', 'lead')),
    PRIMARY KEY (account_id, team_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE one_time_link (
    token_hash  TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL CHECK (kind IN ('setup', 'reset', 'invite')),
    account_id  TEXT    REFERENCES account (id),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER,
    CHECK ((kind = 'setup') = (account_id IS NULL))
) STRICT;

CREATE INDEX one_time_link_account ON one_time_link (account_id);

CREATE TABLE session (
    hash        TEXT    NOT NULL PRIMARY KEY,
    account_id  TEXT    NOT NULL REFERENCES account (id),
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    address     TEXT    NOT NULL,
    agent       TEXT    NOT NULL
) STRICT;

CREATE INDEX session_account ON session (account_id);

CREATE TABLE questionnaire (
    sha256      TEXT    NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    id          TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    document    BLOB    NOT NULL
) STRICT;

CREATE TABLE workload (
    id          TEXT    NOT NULL PRIMARY KEY,
    team_id     TEXT    NOT NULL REFERENCES team (id),
    name        TEXT    NOT NULL CHECK (name <> ''),
    description TEXT    NOT NULL,
    owner       TEXT    NOT NULL,
    environment TEXT    NOT NULL,
    tags        TEXT    NOT NULL,
    version     INTEGER NOT NULL CHECK (version > 0),
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;

CREATE INDEX workload_team ON workload (team_id);

CREATE TABLE assessment (
    id             TEXT    NOT NULL PRIMARY KEY,
    workload_id    TEXT    NOT NULL REFERENCES workload (id),
    questionnaire  TEXT    NOT NULL REFERENCES questionnaire (sha256),
    priorities     TEXT    NOT NULL,
    sequence       INTEGER NOT NULL CHECK (sequence >= 0),
    version        INTEGER NOT NULL CHECK (version > 0),
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    changed_by     TEXT    NOT NULL,
    summary        TEXT    NOT NULL
) STRICT;

CREATE INDEX assessment_workload ON assessment (workload_id);

CREATE TABLE answer (
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    practice      TEXT    NOT NULL,
    status        TEXT    NOT NULL CHECK (status IN ('', 'absent', 'partial', 'adopted', 'not_applicable')),
    reason        TEXT    NOT NULL,
    note          TEXT    NOT NULL,
    evidence      TEXT    NOT NULL,
    version       INTEGER NOT NULL CHECK (version > 0),
    saved_by      TEXT    NOT NULL,
    saved_at      INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, practice),
    CHECK (status = 'not_applicable' OR reason = '')
) STRICT;

CREATE TABLE event (
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    sequence      INTEGER NOT NULL CHECK (sequence > 0),
    at            INTEGER NOT NULL,
    account_id    TEXT    REFERENCES account (id),
    person        TEXT    NOT NULL, -- the name at that time
    kind          TEXT    NOT NULL CHECK (kind <> ''),
    subject       TEXT    NOT NULL,
    before        TEXT,
    after         TEXT,
    PRIMARY KEY (assessment_id, sequence)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE (ABORT, 'events are append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE (ABORT, 'events are append-only');
END;
-- +goose StatementEnd

CREATE TABLE decision (
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    tradeoff      TEXT    NOT NULL,
    choice        TEXT    NOT NULL CHECK (choice IN ('accept', 'mitigate', 'revisit')),
    rationale     TEXT    NOT NULL,
    owner         TEXT    NOT NULL,
    decided_on    TEXT    NOT NULL,
    revisit_on    TEXT    NOT NULL,
    mitigations   TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('live', 'possible', 'quiet')),
    signals       TEXT    NOT NULL,
    pulls         TEXT    NOT NULL,
    version       INTEGER NOT NULL CHECK (version > 0),
    saved_by      TEXT    NOT NULL,
    saved_at      INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, tradeoff)
) STRICT;

CREATE TABLE plan_item (
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    practice      TEXT    NOT NULL,
    owner         TEXT    NOT NULL,
    due           TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    version       INTEGER NOT NULL CHECK (version > 0),
    PRIMARY KEY (assessment_id, practice)
) STRICT;

CREATE TABLE position (
    account_id    TEXT    NOT NULL REFERENCES account (id),
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    principle     TEXT    NOT NULL,
    PRIMARY KEY (account_id, assessment_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
    id            TEXT    NOT NULL PRIMARY KEY,
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    sequence      INTEGER NOT NULL CHECK (sequence > 0),
    title         TEXT    NOT NULL,
    note          TEXT    NOT NULL,
    taken_at      INTEGER NOT NULL,
    taken_by      TEXT    NOT NULL,
    sha256        TEXT    NOT NULL CHECK (length(sha256) = 64),
    previous      TEXT    NOT NULL CHECK (length(previous) IN (0, 64)),
    size          INTEGER NOT NULL CHECK (size > 0),
    overall_low   REAL, -- null where nothing is applicable
    scores        TEXT    NOT NULL,
    document      BLOB    NOT NULL,
    UNIQUE (assessment_id, sequence),
    UNIQUE (assessment_id, sha256),
    UNIQUE (assessment_id, previous)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER snapshot_is_never_changed BEFORE UPDATE ON snapshot
BEGIN
    SELECT RAISE (ABORT, 'snapshots are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER snapshot_is_never_removed BEFORE DELETE ON snapshot
BEGIN
    SELECT RAISE (ABORT, 'snapshots are immutable');
END;
-- +goose StatementEnd

CREATE TABLE report (
    id            TEXT    NOT NULL PRIMARY KEY,
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    kind          TEXT    NOT NULL CHECK (kind IN ('snapshot', 'comparison')),
    snapshot_id   TEXT    NOT NULL REFERENCES snapshot (id),
    before_id     TEXT    REFERENCES snapshot (id),
    title         TEXT    NOT NULL,
    media         TEXT    NOT NULL,
    file_name     TEXT    NOT NULL,
    renderer      TEXT    NOT NULL,
    sha256        TEXT    NOT NULL CHECK (length(sha256) = 64),
    size          INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    created_by    TEXT    NOT NULL,
    document      BLOB    NOT NULL,
    CHECK ((kind = 'comparison') = (before_id IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX report_key ON report (snapshot_id, kind, coalesce(before_id, ''), media, renderer);
CREATE INDEX report_assessment ON report (assessment_id);
CREATE INDEX report_before ON report (before_id);
