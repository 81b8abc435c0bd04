-- Who made a link, so that it ends with their rights.

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
