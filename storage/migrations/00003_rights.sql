-- A session gets a new id when the rights of its person change: the account counts the changes, and the session keeps
-- the count that it was given its id under.

-- +goose Up
ALTER TABLE account ADD COLUMN rights INTEGER NOT NULL DEFAULT 1;
ALTER TABLE session ADD COLUMN rights INTEGER NOT NULL DEFAULT 1;
