package audit

import (
	"context"
	"net/http"
	"slices"

	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/audit"
	"plumbline/web/page"
)

// pageSize is how many entries a page of the log has.
const pageSize = 50

// auditLog is a log that somebody may read, with what they ask of it.
type auditLog struct {
	team   access.Team // zero for the whole installation
	query  view.AuditQuery
	filter access.AuditFilter
	errors templates.FormErrors
}

func (l auditLog) whole() bool { return l.team.ID == "" }

// scope is every team whose entries belong to the log, whatever the address filters by.
func (l auditLog) scope() access.TeamScope {
	if l.whole() {
		return access.TeamScope{All: true}
	}
	return access.TeamScope{Teams: []string{l.team.ID}}
}

func (h *handlers) showTeamAudit(w http.ResponseWriter, r *http.Request) error {
	return h.showLog(w, r, h.readLog(r, page.TeamOf(r)))
}

func (h *handlers) showAudit(w http.ResponseWriter, r *http.Request) error {
	return h.showLog(w, r, h.readLog(r, access.Team{}))
}

func (h *handlers) showLog(w http.ResponseWriter, r *http.Request, l auditLog) error {
	status, shown := http.StatusUnprocessableEntity, part{}
	if len(l.errors) == 0 {
		var err error
		if shown, err = h.readPart(r.Context(), l); err != nil {
			return err
		}
		status = http.StatusOK
	}
	v, err := h.auditView(r, l, shown)
	if err != nil {
		return err
	}
	v.Notice = h.TakeNotice(w, r)
	return h.Render(w, r, status, view.Audit(v))
}

// part is one page of a log, the newest entry first.
type part struct {
	entries []access.AuditEntry
	newer   bool // there are more on either side
	older   bool
}

// readPart reads the requested page, and one entry more to see whether there are others.
func (h *handlers) readPart(ctx context.Context, l auditLog) (part, error) {
	filter := l.filter
	filter.Limit = pageSize + 1
	filter.Newest = filter.After == 0
	entries, err := h.store.Audit(ctx, filter)
	if err != nil {
		return part{}, err
	}
	more := len(entries) > pageSize
	p := part{entries: entries[:min(len(entries), pageSize)], newer: filter.Before > 0, older: more}
	if !filter.Newest {
		slices.Reverse(p.entries)
		p.newer, p.older = more, true
	}
	return p, nil
}
