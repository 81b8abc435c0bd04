package webtest

import (
	"context"

	"plumbline/assessment/access"
)

// Stored returns an account as the database has it.
func (a *App) Stored(id string) access.User {
	a.T.Helper()
	user, err := a.Store.User(context.Background(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	return user
}
