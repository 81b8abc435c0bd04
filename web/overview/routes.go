// Package overview is the first page of an assessment, with its list of findings.
package overview

import (
	"plumbline/assessment/access"
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
		page.Get("/assessments/{assessment}", page.May(access.ActRead), page.MaxForm, h.showOverview),
		page.Get("/assessments/{assessment}/findings", page.May(access.ActRead), page.MaxForm, h.Heavy(h.showFindings)),
	}
}
