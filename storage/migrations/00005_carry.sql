-- What was said in an assessment to other versions of its questionnaire, and does not count now.

-- +goose Up
CREATE TABLE earlier (
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    kind          TEXT    NOT NULL CHECK (kind IN ('answer', 'decision', 'plan_item', 'priority')),
    subject       TEXT    NOT NULL, -- id of the practice, tradeoff or pillar
    said_to       TEXT    NOT NULL, -- hash of the wording or of the conditions that it was said to, where there can be several
    document      TEXT    NOT NULL,
    PRIMARY KEY (assessment_id, kind, subject, said_to)
) STRICT, WITHOUT ROWID;
