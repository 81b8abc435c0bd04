// Package portfolio lists the workloads that a person may see.
package portfolio

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"plumbline/templates"
	view "plumbline/templates/portfolio"
	"plumbline/web/page"
)

type handlers struct {
	*page.Kit
	store  Store
	scopes *lru.Cache[scopeKey, view.Scope]
}

// maxScopes is how many scopes are kept in words: a list of workloads evaluates no questionnaire again.
const maxScopes = 500

// New returns the room.
func New(kit *page.Kit, store Store) *handlers {
	scopes, _ := lru.New[scopeKey, view.Scope](maxScopes) // fails only where the limit is not above 0
	return &handlers{Kit: kit, store: store, scopes: scopes}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get(templates.PortfolioURL, page.SignedIn, page.MaxForm, h.showPortfolio),
		page.Get(templates.PortfolioStateURL, page.SignedIn, page.MaxForm, h.showPortfolioState),
	}
}
