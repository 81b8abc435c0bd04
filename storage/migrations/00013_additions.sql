-- Which team added a questionnaire, from which file and by whom: nobody else is told. Content that two teams added has
-- two such notes. What was added for every team stays with the questionnaire.

-- +goose Up
ALTER TABLE team_questionnaire ADD COLUMN file_name TEXT NOT NULL DEFAULT '';
ALTER TABLE team_questionnaire ADD COLUMN added_by TEXT NOT NULL DEFAULT ''; -- the name at that time
ALTER TABLE team_questionnaire ADD COLUMN added_at INTEGER; -- null where the team did not add it

UPDATE team_questionnaire
SET file_name = (SELECT file_name FROM questionnaire WHERE sha256 = team_questionnaire.questionnaire),
    added_by = (SELECT added_by FROM questionnaire WHERE sha256 = team_questionnaire.questionnaire),
    added_at = (SELECT created_at FROM questionnaire WHERE sha256 = team_questionnaire.questionnaire)
WHERE EXISTS (
    SELECT 1 FROM audit
    WHERE action = 'questionnaire.stored' AND subject = team_questionnaire.questionnaire AND team_id = team_questionnaire.team_id);

UPDATE questionnaire
SET file_name = '', added_by = ''
WHERE EXISTS (SELECT 1 FROM audit WHERE action = 'questionnaire.stored' AND subject = questionnaire.sha256 AND team_id <> '');

-- Links that were made before their workload moved to another team end, as they do since then at the move.
UPDATE share_link
SET revoked_at = (
    SELECT max(e.at)
    FROM event e
    JOIN report r ON r.assessment_id = e.assessment_id
    WHERE r.id = share_link.report_id AND e.kind = 'workload.moved' AND e.at >= share_link.created_at)
WHERE revoked_at IS NULL;
