// Package compare compares two snapshots, of one workload or of two, or a snapshot with now.
package compare

import (
	"plumbline/assessment/access"
	"plumbline/web/drawing"
	"plumbline/web/page"
)

type handlers struct {
	*page.Kit
	store  Store
	drawer *drawing.Drawer
}

// New returns the room.
func New(kit *page.Kit, store Store, drawer *drawing.Drawer) *handlers {
	return &handlers{Kit: kit, store: store, drawer: drawer}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get("/assessments/{assessment}/compare", page.May(access.ActRead), page.MaxForm, h.Heavy(h.showCompare)),
		page.Get("/assessments/{assessment}/compare.csv", page.May(access.ActRead), page.MaxForm, h.Heavy(h.compareCSV)),
		page.Get("/assessments/{assessment}/compare.json", page.May(access.ActRead), page.MaxForm, h.Heavy(h.compareJSON)),
	}
}
