-- Invitations, single sign-on, tokens, shared reports, approvals and the audit log.

-- +goose Up
ALTER TABLE account ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';

CREATE TABLE identity (
    issuer      TEXT    NOT NULL CHECK (issuer <> ''),
    subject     TEXT    NOT NULL CHECK (subject <> ''),
    account_id  TEXT    NOT NULL REFERENCES account (id),
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_account ON identity (account_id);
CREATE INDEX membership_team ON membership (team_id);

CREATE TABLE new_link (
    token_hash  TEXT    NOT NULL PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    kind        TEXT    NOT NULL CHECK (kind IN ('setup', 'reset', 'invite')),
    account_id  TEXT    REFERENCES account (id),
    team_id     TEXT    REFERENCES team (id),
    role        TEXT    NOT NULL CHECK (role IN ('', 'viewer', 'architect', 'lead')),
    email       TEXT    NOT NULL,
    invited_by  TEXT    NOT NULL, -- the name at that time
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER,
    CHECK ((kind = 'reset') = (account_id IS NOT NULL)),
    CHECK ((kind = 'invite') = (team_id IS NOT NULL AND role <> '' AND email <> ''))
) STRICT;

-- An invitation was a link that sets the password of an account, which is what a reset is.
INSERT INTO new_link (token_hash, id, kind, account_id, role, email, invited_by, created_at, expires_at, used_at)
SELECT token_hash, lower(hex(randomblob(6))), CASE kind WHEN 'invite' THEN 'reset' ELSE kind END, account_id, '', '', '',
    created_at, expires_at, used_at
FROM one_time_link;

DROP TABLE one_time_link;
ALTER TABLE new_link RENAME TO one_time_link;
CREATE INDEX one_time_link_account ON one_time_link (account_id);
CREATE INDEX one_time_link_team ON one_time_link (team_id);

CREATE TABLE api_token (
    id            TEXT    NOT NULL PRIMARY KEY,
    account_id    TEXT    NOT NULL REFERENCES account (id),
    name          TEXT    NOT NULL CHECK (name <> ''),
    hash          TEXT    NOT NULL UNIQUE CHECK (hash <> ''),
    scope         TEXT    NOT NULL CHECK (scope IN ('read', 'write')),
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    last_used_at  INTEGER,
    revoked_at    INTEGER
) STRICT;

CREATE INDEX api_token_account ON api_token (account_id);

CREATE TABLE share_link (
    id          TEXT    NOT NULL PRIMARY KEY,
    report_id   TEXT    NOT NULL REFERENCES report (id),
    hash        TEXT    NOT NULL UNIQUE CHECK (hash <> ''),
    created_by  TEXT    NOT NULL, -- the name at that time
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;

CREATE INDEX share_link_report ON share_link (report_id);

CREATE TABLE share_use (
    sequence  INTEGER NOT NULL PRIMARY KEY,
    share_id  TEXT    NOT NULL REFERENCES share_link (id),
    at        INTEGER NOT NULL,
    address   TEXT    NOT NULL,
    agent     TEXT    NOT NULL
) STRICT;

CREATE INDEX share_use_share ON share_use (share_id);

CREATE TABLE snapshot_approval (
    snapshot_id  TEXT    NOT NULL PRIMARY KEY REFERENCES snapshot (id),
    account_id   TEXT    NOT NULL REFERENCES account (id),
    person       TEXT    NOT NULL, -- the name at that time
    at           INTEGER NOT NULL,
    note         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- Nothing refers to other tables here: an entry stays true whatever becomes of what it is about.
CREATE TABLE audit (
    sequence       INTEGER NOT NULL PRIMARY KEY,
    at             INTEGER NOT NULL,
    account_id     TEXT    NOT NULL,
    person         TEXT    NOT NULL, -- the name at that time
    team_id        TEXT    NOT NULL,
    action         TEXT    NOT NULL CHECK (action <> ''),
    subject_kind   TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    detail         TEXT    NOT NULL,
    assessment_id  TEXT    NOT NULL,
    address        TEXT    NOT NULL
) STRICT;

CREATE INDEX audit_team ON audit (team_id);

-- +goose StatementBegin
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
