package webtest

import (
	"context"
	"net/http/httptest"

	"plumbline/assessment/access"
	"plumbline/web"
)

// Demote makes an architect of a lead.
func (c *Company) Demote(person access.Actor) {
	c.T.Helper()
	if err := c.Store.SetMembership(context.Background(), access.Actor{}, person.User.ID, c.Things["team"], access.Architect); err != nil {
		c.T.Fatal(err)
	}
}

// Over returns the same application on another store.
func (a *App) Over(store web.Store) *App {
	a.T.Helper()
	handler, err := web.New(web.Options{Store: store, SessionKey: SessionKey, Insecure: true, Clock: a.Now, Unlimited: true})
	if err != nil {
		a.T.Fatal(err)
	}
	server := httptest.NewServer(handler)
	a.T.Cleanup(server.Close)
	return &App{T: a.T, folder: a.folder, Store: a.Store, Server: server, Clock: a.Clock}
}
