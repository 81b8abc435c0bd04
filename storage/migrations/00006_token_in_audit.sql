-- An entry of the audit log names the API token by which its person acted.

-- +goose Up
ALTER TABLE audit ADD COLUMN token TEXT NOT NULL DEFAULT ''; -- its name at that time; empty for none
