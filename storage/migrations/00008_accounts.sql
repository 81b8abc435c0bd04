-- Who proved that an address is theirs, when somebody signed in last, and names for single sessions.

-- +goose Up
ALTER TABLE account ADD COLUMN confirmed_at INTEGER; -- null while nobody has shown that the address is theirs
ALTER TABLE account ADD COLUMN signed_in_at INTEGER; -- the last time; null for never

-- Of accounts that are there already, administrators are known, and people whose account single sign-on made. Of all
-- others nobody knows who opened the link that they came by.
UPDATE account
SET confirmed_at = created_at
WHERE admin = 1 OR password_hash = '' AND id IN (SELECT account_id FROM identity);

UPDATE account
SET signed_in_at = (SELECT max(at) FROM audit WHERE action = 'session.started' AND subject = account.id);

ALTER TABLE one_time_link ADD COLUMN confirms INTEGER NOT NULL DEFAULT 0 CHECK (confirms IN (0, 1)); -- an administrator made it
UPDATE one_time_link
SET confirms = 1
WHERE kind <> 'invite';

ALTER TABLE session ADD COLUMN id TEXT NOT NULL DEFAULT ''; -- stays when the secret is renewed, and opens nothing
ALTER TABLE session ADD COLUMN shown_at INTEGER; -- when the person last showed who they are; null where that is unknown
UPDATE session
SET id = substr(hash, 1, 16);

CREATE UNIQUE INDEX session_id ON session (id);
