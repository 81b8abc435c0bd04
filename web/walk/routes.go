// Package walk is where practices are answered: principle by principle, or in a worksheet of all of them.
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

// rows show practices with their answers, in the guided way and in the worksheet.
type rows struct {
	*page.Kit
	move earlier
}

type handlers struct {
	*rows
	store     Store
	sheets    *sheets
	drawn     drawn
	positions *lru.Cache[whereabouts, string] // principles, as they were stored last
}

// New returns the room.
func New(kit *page.Kit, store Store, move earlier) *handlers {
	positions, _ := lru.New[whereabouts, string](maxPositions) // fails only where the limit is not above 0
	shared := &rows{kit, move}
	return &handlers{rows: shared, store: store, sheets: &sheets{shared, store, newSearchTexts()}, drawn: newDrawn(), positions: positions}
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
		page.Get("/assessments/{assessment}/worksheet", page.May(access.ActRead), page.MaxForm, h.sheets.showWorksheet),
		page.Post("/assessments/{assessment}/worksheet", page.May(access.ActAnswer), page.MaxPage, h.sheets.saveWorksheet),
		page.Get("/assessments/{assessment}/worksheet/rows", page.May(access.ActRead), page.MaxForm, h.sheets.showSheetRows),
		page.Get("/assessments/{assessment}/worksheet/found", page.May(access.ActRead), page.MaxForm, h.sheets.showFound),
		page.Get("/assessments/{assessment}/worksheet/changes", page.May(access.ActRead), page.MaxForm, h.sheets.showSheetChanges),
		page.Get("/assessments/{assessment}/worksheet/practices/{practice}", page.May(access.ActRead), page.MaxForm, h.sheets.showSheetRow),
	}
}
