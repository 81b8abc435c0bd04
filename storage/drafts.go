package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// SaveDraft keeps a file that was read as a questionnaire for its reader to accept within assessment.MaxDraftLife, and
// returns it with its id. Of it, Kind, FileName, Questionnaire and Losses are taken. Drafts that are too old are
// dropped, and of the same person all but the newest few. NoSpace where the team that it counts for has added too much today.
func (s *Store) SaveDraft(ctx context.Context, actor access.Actor, d assessment.ImportDraft) (assessment.ImportDraft, error) {
	content, err := assessment.Canonical(d.Questionnaire)
	if err != nil {
		return d, fmt.Errorf("write questionnaire: %w", err)
	}
	losses := jsonList(d.Losses)
	return writing(ctx, s, actor, func(t *tx) (assessment.ImportDraft, error) {
		d.ID, d.Account, d.CreatedAt = ids.New(), actor.User.ID, t.now()
		if err := dropOldDrafts(t, d.Account); err != nil {
			return d, err
		}
		if err := t.growByDocument(importingTeam(actor), int64(len(content)+len(losses))); err != nil {
			return d, err
		}
		_, err := t.exec(`
			INSERT INTO import_draft (id, account_id, kind, file_name, created_at, losses, document)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
		`, d.ID, d.Account, d.Kind, d.FileName, micros(d.CreatedAt), losses, content)
		if err != nil {
			return d, fmt.Errorf("keep import: %w", err)
		}
		return d, t.auditDraft(actor, access.AuditImported, d)
	})
}

// importingTeam returns the first team for which somebody may import: a draft belongs to a person, its growth to a team.
func importingTeam(actor access.Actor) string {
	for _, m := range actor.Memberships {
		if actor.May(access.ActLibrary, m.Team.ID) {
			return m.Team.ID
		}
	}
	return ""
}

func (t *tx) auditDraft(by access.Actor, action string, d assessment.ImportDraft) error {
	return t.audit(by, access.AuditEntry{Action: action, SubjectKind: "import", Subject: d.ID, Detail: cmp.Or(d.FileName, d.Kind)})
}

func dropOldDrafts(t *tx, account string) error {
	_, err := t.exec("DELETE FROM import_draft WHERE created_at <= $1", micros(t.now().Add(-assessment.MaxDraftLife)))
	if err != nil {
		return fmt.Errorf("drop old imports: %w", err)
	}
	_, err = t.exec(`
		DELETE FROM import_draft
		WHERE account_id = $1 AND id NOT IN (
			SELECT id FROM import_draft WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT $2
		)
	`, account, assessment.MaxDrafts-1)
	if err != nil {
		return fmt.Errorf("drop old imports: %w", err)
	}
	return nil
}

// Draft returns an import of the actor that still waits, NotFound if there is none.
func (s *Store) Draft(ctx context.Context, actor access.Actor, id string) (assessment.ImportDraft, error) {
	d := assessment.ImportDraft{Questionnaire: &assessment.Questionnaire{}}
	var content []byte
	err := s.readers.QueryRowContext(ctx, `
		SELECT id, account_id, kind, file_name, created_at, losses, document
		FROM import_draft
		WHERE id = $1 AND account_id = $2 AND created_at > $3
	`, id, actor.User.ID, s.clock().Add(-assessment.MaxDraftLife).UnixMicro()).
		Scan(&d.ID, &d.Account, &d.Kind, &d.FileName, moment{&d.CreatedAt}, document{&d.Losses}, &content)
	if err != nil {
		return d, found(err, "import")
	}
	if err := json.Unmarshal(content, d.Questionnaire); err != nil {
		return d, fmt.Errorf("read import %s: %w", id, err)
	}
	d.Losses = assessment.OrNil(d.Losses)
	return d, nil
}

// DropDraft removes an import of the actor. One that is gone is no error.
func (s *Store) DropDraft(ctx context.Context, actor access.Actor, id string) error {
	d, err := s.Draft(ctx, actor, id)
	if err == nil {
		err = s.writer.do(ctx, actor, func(t *tx) error {
			if err := deleteDraft(t, actor, id); err != nil {
				return err
			}
			return t.auditDraft(actor, access.AuditImportDropped, d)
		})
	}
	if assessment.CodeOf(err) == assessment.NotFound {
		return nil
	}
	return err
}

// deleteDraft removes an import of the actor, NotFound if it is gone.
func deleteDraft(t *tx, actor access.Actor, id string) error {
	n, err := t.exec("DELETE FROM import_draft WHERE id = $1 AND account_id = $2", id, actor.User.ID)
	if err != nil {
		return fmt.Errorf("drop import: %w", err)
	}
	if n == 0 {
		return absent("import")
	}
	return nil
}

// AcceptDraft adds what an import of the actor holds to the library, under the identity, and offers it to a team, or to
// every team where none is named. Errors are those of assessment.CheckQuestionnaireIdentity, a Conflict on the field version
// if other content has this id and version, and NotFound for an import that is gone. Content that is there already stays as
// it was added.
func (s *Store) AcceptDraft(ctx context.Context, actor access.Actor, id string, identity assessment.QuestionnaireIdentity,
	team string) (assessment.QuestionnaireRef, error) {
	var ref assessment.QuestionnaireRef
	identity, err := assessment.CheckQuestionnaireIdentity(identity)
	if err != nil {
		return ref, err
	}
	d, err := s.Draft(ctx, actor, id)
	if err != nil {
		return ref, err
	}
	row, err := rowOf(identity.In(d.Questionnaire))
	if err != nil {
		return ref, err
	}
	row.kind, row.fileName, row.addedBy = d.Kind, d.FileName, actor.User.Name
	return writing(ctx, s, actor, func(t *tx) (assessment.QuestionnaireRef, error) {
		if err := deleteDraft(t, actor, id); err != nil { // it never changes, but may be gone by now
			return ref, err
		}
		return row.ref, row.add(t, actor, team)
	})
}

// add stores the row and offers it to a team.
func (r questionnaireRow) add(t *tx, actor access.Actor, team string) error {
	if err := versionFree(t, actor, team, r.ref); err != nil {
		return err
	}
	if err := t.checkQuestionnaires(team); err != nil {
		return err
	}
	if err := t.growByDocument(team, int64(len(r.content))); err != nil {
		return err
	}
	added := r
	if team != "" { // is the team's to know
		r.fileName, r.addedBy = "", ""
	}
	if _, err := r.insert(t, actor, team); err != nil {
		return err
	}
	if err := enable(t, r.ref.SHA256, team, true); err != nil {
		return err
	}
	if err := noteAddition(t, added, team); err != nil {
		return err
	}
	return t.auditLibrary(actor, access.AuditQuestionnaireOn, team, r.ref)
}

// noteAddition keeps how a team added a questionnaire, where it did not before.
func noteAddition(t *tx, r questionnaireRow, team string) error {
	_, err := t.exec("UPDATE team_questionnaire SET file_name = $1, added_by = $2, added_at = $3 WHERE team_id = $4 AND questionnaire = $5 AND added_at IS NULL",
		r.fileName, r.addedBy, micros(t.now()), team, r.ref.SHA256)
	if err != nil {
		return fmt.Errorf("note who added the questionnaire: %w", err)
	}
	return nil
}

// versionFree returns a Conflict where other content has the id and version that the team or the actor finds in the library;
// for every team, where any has. What only others find stays their secret.
func versionFree(t *tx, actor access.Actor, team string, ref assessment.QuestionnaireRef) error {
	rows, err := t.conn.QueryContext(context.Background(), "SELECT sha256 FROM questionnaire WHERE id = $1 AND version = $2 AND sha256 <> $3",
		ref.ID, ref.Version, ref.SHA256)
	others, err := collect(rows, err, scanText)
	if err != nil {
		return fmt.Errorf("look for the version: %w", err)
	}
	mine := actor.Teams(access.ActRead)
	for _, sha256 := range others {
		e, err := readEntry(context.Background(), t.conn, sha256)
		if err != nil {
			return err
		}
		if team == "" || e.ShownTo(func(one string) bool { return one == team || mine.Has(one) }) {
			return &assessment.Error{Code: assessment.Conflict, Field: "version", Message: fmt.Sprintf(
				"Version %s of %s is already in the library with different content. Give this one another version", ref.Version, ref.ID)}
		}
	}
	return nil
}
