// Package walk is the guided way through the questions of an assessment, principle by principle.
package walk

import (
	"net/http"

	lru "github.com/hashicorp/golang-lru/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
)

// earlier finds what was answered before the assessment was moved, see move.EarlierView.
type earlier interface {
	EarlierView(r *http.Request, c *assessment.Current, practice *assessment.Practice) *templates.EarlierView
}

type handlers struct {
	*page.Kit
	store     Store
	move      earlier
	drawn     drawn
	positions *lru.Cache[whereabouts, string] // principles, as they were stored last
}

// New returns the room.
func New(kit *page.Kit, store Store, move earlier) *handlers {
	positions, _ := lru.New[whereabouts, string](maxPositions) // fails only where the limit is not above 0
	return &handlers{Kit: kit, store: store, move: move, drawn: newDrawn(), positions: positions}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get("/assessments/{assessment}/answers", page.May(access.ActRead), page.MaxForm, h.resumeWalk),
		page.Post("/assessments/{assessment}/answers/{practice}", page.May(access.ActAnswer), page.MaxForm, h.saveAnswer),
		page.Get("/assessments/{assessment}/principles/{principle}", page.May(access.ActRead), page.MaxPage, h.showPrinciple),
		page.Post("/assessments/{assessment}/principles/{principle}", page.May(access.ActAnswer), page.MaxPage, h.savePrinciple),
		page.Get("/assessments/{assessment}/principles/{principle}/changes", page.May(access.ActRead), page.MaxPage, h.showChanges),
		page.Post("/assessments/{assessment}/principles/{principle}/rest", page.May(access.ActAnswer), page.MaxPage, h.saveRest),
		page.Get("/assessments/{assessment}/principles/{principle}/not-applicable", page.May(access.ActAnswer), page.MaxForm, h.showTogether),
		page.Post("/assessments/{assessment}/principles/{principle}/not-applicable", page.May(access.ActAnswer), page.MaxForm, h.setTogether),
		page.Post("/assessments/{assessment}/principles/{principle}/not-applicable/undo", page.May(access.ActAnswer), page.MaxForm, h.undoTogether),
	}
}
