// Package scope asks what a workload does, and shows which practices that leaves.
package scope

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
		page.Get("/assessments/{assessment}/scope", page.May(access.ActRead), page.MaxForm, h.show),
		page.Post("/assessments/{assessment}/scope", page.May(access.ActScope), page.MaxForm, h.save),
	}
}
