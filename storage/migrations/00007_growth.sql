-- How many bytes each team has added on a day, counted from 1970, so that one team cannot fill the disk for all. It is
-- written now and then, not with each change. Nothing refers to the team: what it added counts until the day is over.

-- +goose Up
CREATE TABLE team_growth (
    team   TEXT    NOT NULL,
    day    INTEGER NOT NULL,
    bytes  INTEGER NOT NULL CHECK (bytes >= 0),
    PRIMARY KEY (team, day)
) STRICT, WITHOUT ROWID;
