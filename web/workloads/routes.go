// Package workloads creates and changes workloads, their assessments and the priorities of their pillars.
package workloads

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
		page.Get(templates.NewWorkloadURL, page.MaySomewhere(access.ActWorkload), page.MaxForm, h.showNewWorkload),
		page.Post(templates.NewWorkloadURL, page.MaySomewhere(access.ActWorkload), page.MaxForm, h.createWorkload),
		page.Get("/workloads/{workload}/assessments", page.May(access.ActWorkload), page.MaxForm, h.showNewAssessment),
		page.Post("/workloads/{workload}/assessments", page.May(access.ActWorkload), page.MaxForm, h.startAssessment),
		page.Get("/workloads/{workload}/edit", page.May(access.ActRead), page.MaxForm, h.showWorkload),
		page.Post("/workloads/{workload}/edit", page.May(access.ActWorkload), page.MaxForm, h.updateWorkload),
		page.Post("/workloads/{workload}/team", page.May(access.ActTransfer), page.MaxForm, h.moveWorkload),
		page.Post("/workloads/{workload}/archive", page.May(access.ActWorkload), page.MaxForm, h.archiveWorkload),
		page.Get("/assessments/{assessment}/priorities", page.May(access.ActRead), page.MaxForm, h.showPriorities),
		page.Post("/assessments/{assessment}/priorities", page.May(access.ActPriorities), page.MaxForm, h.setPriorities),
	}
}
