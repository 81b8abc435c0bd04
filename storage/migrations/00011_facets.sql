-- What a team says about its workload, which decides what it is asked.

-- +goose Up
ALTER TABLE assessment ADD COLUMN facets TEXT NOT NULL DEFAULT '{}';
ALTER TABLE assessment ADD COLUMN facets_version INTEGER NOT NULL DEFAULT 1;
