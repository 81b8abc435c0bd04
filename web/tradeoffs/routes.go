// Package tradeoffs shows the tradeoffs of an assessment and records what a team decides.
package tradeoffs

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
		page.Get("/assessments/{assessment}/tradeoffs", page.May(access.ActRead), page.MaxForm, h.showTradeoffs),
		page.Get("/assessments/{assessment}/tradeoffs/{tradeoff}", page.May(access.ActRead), page.MaxForm, h.showTradeoff),
		page.Post("/assessments/{assessment}/tradeoffs/{tradeoff}/decision", page.May(access.ActDecide), page.MaxForm, h.recordDecision),
		page.Post("/assessments/{assessment}/tradeoffs/{tradeoff}/decision/confirm", page.May(access.ActDecide), page.MaxForm, h.confirmDecision),
		page.Post("/assessments/{assessment}/tradeoffs/{tradeoff}/decision/withdraw", page.May(access.ActDecide), page.MaxForm, h.withdrawDecision),
	}
}
