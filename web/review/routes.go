// Package review takes over answers from the file of another assessment tool.
package review

import (
	"plumbline/assessment/access"
	"plumbline/web/page"
)

type handlers struct {
	*page.Kit
	store Store
	read  ReadReview
}

// New returns the room.
func New(kit *page.Kit, store Store, read ReadReview) *handlers {
	return &handlers{Kit: kit, store: store, read: read}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get("/assessments/{assessment}/import", page.May(access.ActAnswer), page.MaxForm, h.showReviewImport),
		page.Post("/assessments/{assessment}/import", page.May(access.ActAnswer), page.MaxUpload, h.Rationed(h.Heavy(h.uploadReview))),
		page.Post("/assessments/{assessment}/import/rows", page.May(access.ActAnswer), maxReviewRows, h.Heavy(h.applyReview)),
	}
}
