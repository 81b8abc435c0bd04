// Package audit is the audit log: its page, its filters and its files.
package audit

import (
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
)

type handlers struct {
	*page.Kit
	store Store
}

// New returns the room.
func New(kit *page.Kit, store Store) *handlers {
	return &handlers{Kit: kit, store: store}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get("/teams/{team}/audit", page.May(access.ActAudit), page.MaxForm, h.showTeamAudit),
		page.Get("/teams/{team}/audit.csv", page.May(access.ActAudit), page.MaxForm, h.teamAuditCSV),
		page.Get("/teams/{team}/audit.jsonl", page.May(access.ActAudit), page.MaxForm, h.teamAuditJSONLines),
		page.Get(templates.AuditURL, page.May(access.ActAdminister), page.MaxForm, h.showAudit),
		page.Get(templates.AuditURL+".csv", page.May(access.ActAdminister), page.MaxForm, h.auditCSV),
		page.Get(templates.AuditURL+".jsonl", page.May(access.ActAdminister), page.MaxForm, h.auditJSONLines),
	}
}
