// Package review takes over answers from the file of another assessment tool.
package review

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/suggest"
	"plumbline/web/page"
)

type handlers struct {
	*page.Kit
	store      Store
	read       ReadReview
	suggesters *lru.Cache[*assessment.Model, *suggest.Suggester]
}

// suggestersKept is how many are kept, each for a questionnaire.
const suggestersKept = 4

// New returns the room.
func New(kit *page.Kit, store Store, read ReadReview) *handlers {
	suggesters, _ := lru.New[*assessment.Model, *suggest.Suggester](suggestersKept) // fails only where the limit is not above 0
	return &handlers{Kit: kit, store: store, read: read, suggesters: suggesters}
}

// suggester returns what suggests practices of a questionnaire, unless ctx ends before.
func (h *handlers) suggester(ctx context.Context, m *assessment.Model) (*suggest.Suggester, error) {
	if s, known := h.suggesters.Get(m); known {
		return s, nil
	}
	s, err := suggest.New(m.Questionnaire(), ctx.Err)
	if err == nil {
		h.suggesters.Add(m, s)
	}
	return s, err
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get("/assessments/{assessment}/import", page.May(access.ActAnswer), page.MaxForm, h.showReviewImport),
		page.Post("/assessments/{assessment}/import", page.May(access.ActAnswer), page.MaxUpload, h.Rationed(h.Heavy(h.uploadReview))),
		page.Post("/assessments/{assessment}/import/rows", page.May(access.ActAnswer), maxReviewRows, h.Rationed(h.Heavy(h.applyReview))),
	}
}
