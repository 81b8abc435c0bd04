// Package portfolio lists the workloads that a person may see.
package portfolio

import (
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
		page.Get(templates.PortfolioURL, page.SignedIn, page.MaxForm, h.showPortfolio),
		page.Get(templates.PortfolioStateURL, page.SignedIn, page.MaxForm, h.showPortfolioState),
	}
}
