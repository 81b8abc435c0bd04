package web

import (
	"context"
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/templates"
)

// AuditStore keeps who did what; nothing in it changes.
type AuditStore interface {
	Audit(ctx context.Context, filter assessment.AuditFilter) ([]assessment.AuditEntry, error)
	AuditPeople(ctx context.Context, teams assessment.TeamScope) ([]assessment.User, error)
}

// auditPage is how many entries a page of the log has.
const auditPage = 50

// auditLog is a log that somebody may read, with what they ask of it.
type auditLog struct {
	team   assessment.Team // zero for the whole installation
	query  templates.AuditQuery
	filter assessment.AuditFilter
	errors templates.FormErrors
}

func (l auditLog) whole() bool { return l.team.ID == "" }

// scope is every team whose entries belong to the log, whatever is asked of it.
func (l auditLog) scope() assessment.TeamScope {
	if l.whole() {
		return assessment.TeamScope{All: true}
	}
	return assessment.TeamScope{Teams: []string{l.team.ID}}
}

func (s *Server) showTeamAudit(w http.ResponseWriter, r *http.Request) error {
	return s.showLog(w, r, s.auditLog(r, teamOf(r)))
}

func (s *Server) showAudit(w http.ResponseWriter, r *http.Request) error {
	return s.showLog(w, r, s.auditLog(r, assessment.Team{}))
}

func (s *Server) showLog(w http.ResponseWriter, r *http.Request, l auditLog) error {
	status, shown := http.StatusUnprocessableEntity, auditPart{}
	if len(l.errors) == 0 {
		var err error
		if shown, err = s.auditPart(r.Context(), l); err != nil {
			return err
		}
		status = http.StatusOK
	}
	view, err := s.auditView(r, l, shown)
	if err != nil {
		return err
	}
	view.Notice = s.takeNotice(w, r)
	return s.render(w, r, status, templates.Audit(view))
}

// auditPart is one page of a log, the newest entry first.
type auditPart struct {
	entries []assessment.AuditEntry
	newer   bool // there are more on either side
	older   bool
}

// auditPart reads the page that is asked for, and one entry more to see whether there are others.
func (s *Server) auditPart(ctx context.Context, l auditLog) (auditPart, error) {
	filter := l.filter
	filter.Limit = auditPage + 1
	filter.Newest = filter.After == 0
	entries, err := s.Store.Audit(ctx, filter)
	if err != nil {
		return auditPart{}, err
	}
	more := len(entries) > auditPage
	part := auditPart{entries: entries[:min(len(entries), auditPage)], newer: filter.Before > 0, older: more}
	if !filter.Newest {
		slices.Reverse(part.entries)
		part.newer, part.older = more, true
	}
	return part, nil
}
