// Package snapshots takes snapshots, shows and approves them.
package snapshots

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
		page.Get("/assessments/{assessment}/snapshots", page.May(access.ActRead), page.MaxForm, h.showSnapshots),
		page.Post("/assessments/{assessment}/snapshots", page.May(access.ActSnapshot), page.MaxForm, h.Heavy(h.takeSnapshot)),
		page.Get("/snapshots/{snapshot}", page.May(access.ActRead), page.MaxForm, h.Heavy(h.showSnapshot)),
		page.Post("/snapshots/{snapshot}/approval", page.May(access.ActApprove), page.MaxForm, h.approveSnapshot),
		page.Post("/snapshots/{snapshot}/approval/withdraw", page.May(access.ActApprove), page.MaxForm, h.withdrawApproval),
		page.Get("/snapshots/{snapshot}/document.json", page.May(access.ActRead), page.MaxForm, h.snapshotDocument),
		page.Get("/snapshots/{snapshot}/answers.csv", page.May(access.ActRead), page.MaxForm, h.Heavy(h.snapshotAnswers)),
		page.Get("/snapshots/{snapshot}/summary.md", page.May(access.ActRead), page.MaxForm, h.Heavy(h.snapshotSummary)),
	}
}
