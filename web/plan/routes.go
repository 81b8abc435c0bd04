// Package plan is the improvement plan of an assessment.
package plan

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
		page.Get("/assessments/{assessment}/plan", page.May(access.ActRead), page.MaxForm, h.showPlan),
		page.Post("/assessments/{assessment}/plan", page.May(access.ActPlan), page.MaxForm, h.keepInPlan),
		page.Post("/assessments/{assessment}/plan/{practice}", page.May(access.ActPlan), page.MaxForm, h.savePlanItem),
		page.Post("/assessments/{assessment}/plan/{practice}/remove", page.May(access.ActPlan), page.MaxForm, h.removePlanItem),
	}
}
