// Package reports makes reports, hands them out and shares them by link.
package reports

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/drawing"
	"plumbline/web/page"
)

// sharedPerAddress is how many pages and downloads of shared reports a minute one address may ask for.
const sharedPerAddress = 30

type handlers struct {
	*page.Kit
	store   Store
	drawer  *drawing.Drawer
	opening page.Limiter // of shared reports, by address
	named   *lru.Cache[string, assessment.SnapshotWorkload]
}

// maxNamed is of how many snapshots it is kept what their workloads were called, which never changes: reading a document for
// it takes a while, and anybody with a link can ask.
const maxNamed = 500

// New returns the room.
func New(kit *page.Kit, store Store, drawer *drawing.Drawer) *handlers {
	named, _ := lru.New[string, assessment.SnapshotWorkload](maxNamed) // fails only where the limit is not above 0
	return &handlers{Kit: kit, store: store, drawer: drawer, opening: kit.PerMinute(sharedPerAddress), named: named}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Post("/snapshots/{snapshot}/report", page.May(access.ActReport), page.MaxForm, h.makeReport),
		page.Get("/assessments/{assessment}/reports", page.May(access.ActRead), page.MaxForm, h.showReports),
		page.Get("/reports/{report}", page.May(access.ActRead), page.MaxForm, h.showReport),
		page.Get("/reports/{report}/share", page.May(access.ActShare), page.MaxForm, h.showShares),
		page.Post("/reports/{report}/share", page.May(access.ActShare), page.MaxForm, h.createShare),
		page.Post("/reports/{report}/share/{share}/revoke", page.May(access.ActShare), page.MaxForm, h.revokeShare),
		page.Get("/shared/{token}", page.Public, page.MaxSignIn, h.showShared),
		page.Post("/shared/{token}/report", page.Public, page.MaxSignIn, h.downloadShared),
	}
}
