// Package history shows who changed what in an assessment, from what to what, and takes changes back.
package history

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

// Routes are the addresses of the room, with who may use them. Whoever may answer may also decide, plan and set
// priorities and scope: one right is enough to take any of these back.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get("/assessments/{assessment}/history", page.May(access.ActRead), page.MaxForm, h.show),
		page.Post("/assessments/{assessment}/history/undo", page.May(access.ActAnswer), page.MaxForm, h.undoSeveral),
		page.Post("/assessments/{assessment}/history/{sequence}/undo", page.May(access.ActAnswer), page.MaxForm, h.undo),
		page.Post("/assessments/{assessment}/history/{sequence}/restore", page.May(access.ActAnswer), page.MaxForm, h.restore),
	}
}
