// Package find finds workloads, practices, tradeoffs, snapshots and pages by what somebody types.
package find

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
		page.Get(templates.FindURL, page.SignedIn, page.MaxForm, h.everywhere),
		page.Get("/assessments/{assessment}/find", page.May(access.ActRead), page.MaxForm, h.inAssessment),
	}
}
