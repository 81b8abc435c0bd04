package webtest

import (
	"context"
	"net/http/httptest"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web"
)

// failingStore is a store that cannot write.
type failingStore struct {
	web.Store
	Code assessment.Code
}

func (f *failingStore) SaveAnswer(ctx context.Context, actor access.Actor, id string, save assessment.SaveAnswer) (*assessment.Current, error) {
	if f.Code != "" {
		return nil, assessment.Errorf(f.Code, "The disk does not answer")
	}
	return f.Store.SaveAnswer(ctx, actor, id, save)
}

func (f *failingStore) RecordRefusedSignIn(context.Context, string, string) error {
	return assessment.Errorf(f.Code, "The disk does not answer")
}

// OnFailing serves the application of a on a store that cannot write.
func (a *App) OnFailing(code assessment.Code) *failingStore {
	a.T.Helper()
	store := &failingStore{a.Store, code}
	handler, err := web.New(web.Options{Store: store, SessionKey: SessionKey, Insecure: true, Unlimited: true})
	if err != nil {
		a.T.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	a.T.Cleanup(a.Server.Close)
	return store
}
