// Package library is the library of questionnaires: import, preview, offer to teams, files.
package library

import (
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/drawing"
	"plumbline/web/page"
)

type handlers struct {
	*page.Kit
	store  Store
	files  Files
	drawer *drawing.Drawer
}

// New returns the room.
func New(kit *page.Kit, store Store, files Files, drawer *drawing.Drawer) *handlers {
	return &handlers{Kit: kit, store: store, files: files, drawer: drawer}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get(templates.LibraryURL, page.SignedIn, page.MaxForm, h.showLibrary),
		page.Get(templates.ImportURL, page.MaySomewhere(access.ActLibrary), page.MaxForm, h.showImport),
		page.Post(templates.ImportURL, page.MaySomewhere(access.ActLibrary), page.MaxUpload, h.Rationed(h.Heavy(h.importFile))),
		page.Get("/library/import/{draft}", page.MaySomewhere(access.ActLibrary), page.MaxForm, h.Heavy(h.showDraft)),
		page.Post("/library/import/{draft}", page.MaySomewhere(access.ActLibrary), page.MaxForm, h.Heavy(h.acceptDraft)),
		page.Post("/library/import/{draft}/drop", page.MaySomewhere(access.ActLibrary), page.MaxForm, h.dropDraft),
		page.Get("/library/{questionnaire}", page.SignedIn, page.MaxForm, h.Heavy(h.showQuestionnaire)),
		page.Get("/library/{questionnaire}/"+fileYAML, page.SignedIn, page.MaxForm, h.Heavy(h.questionnaireYAML)),
		page.Get("/library/{questionnaire}/"+fileLens, page.SignedIn, page.MaxForm, h.Heavy(h.questionnaireLens)),
		page.Get("/library/{questionnaire}/"+fileWorkbook, page.SignedIn, page.MaxForm, h.questionnaireWorkbook),
		page.Post("/library/{questionnaire}/offer", page.MaySomewhere(access.ActLibrary), page.MaxForm, h.offerQuestionnaire),
		page.Post("/library/{questionnaire}/delete", page.May(access.ActAdminister), page.MaxForm, h.deleteQuestionnaire),
	}
}
