-- Who made a link, so that it ends with their rights, and for which team a questionnaire was added, whose people alone see by whom and
-- from which file.

-- +goose Up
ALTER TABLE one_time_link ADD COLUMN made_by TEXT NOT NULL DEFAULT ''; -- an account, empty where it was the operator

UPDATE one_time_link
SET made_by = coalesce((
    SELECT account_id FROM audit WHERE sequence = (
        SELECT max(sequence) FROM audit WHERE action = 'invitation.created' AND subject = one_time_link.id)), '')
WHERE kind = 'invite';

UPDATE one_time_link
SET made_by = coalesce((
    SELECT account_id FROM audit WHERE sequence = (
        SELECT max(sequence) FROM audit WHERE action = 'link.created' AND subject = one_time_link.account_id)), '')
WHERE kind = 'reset' AND used_at IS NULL;

ALTER TABLE questionnaire ADD COLUMN added_for TEXT NOT NULL DEFAULT ''; -- a team, empty where it is everybody's

UPDATE questionnaire
SET added_for = coalesce((
    SELECT team_id FROM audit WHERE sequence = (
        SELECT max(sequence) FROM audit WHERE action = 'questionnaire.stored' AND subject = questionnaire.sha256)), '')
WHERE kind <> 'builtin';
