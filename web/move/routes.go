// Package move moves an assessment to another version of its questionnaire, and shows what differs between two versions.
package move

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
		page.Get(templates.DifferencePath, page.SignedIn, page.MaxForm, h.Heavy(h.showDifference)),
		page.Get("/assessments/{assessment}/questionnaire", page.May(access.ActRead), page.MaxForm, h.Heavy(h.showChoices)),
		page.Post("/assessments/{assessment}/questionnaire", page.May(access.ActMove), page.MaxForm, h.Heavy(h.moveAssessment)),
	}
}
