package webtest

import (
	"context"
	"encoding/json"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
)

// SaveVersion stores an edited copy of the built-in questionnaire and returns its hash.
func (a *App) SaveVersion(version string, edit func(*assessment.Questionnaire)) string {
	a.T.Helper()
	builtin, err := content.Builtin()
	if err != nil {
		a.T.Fatal(err)
	}
	document, err := json.Marshal(builtin)
	if err != nil {
		a.T.Fatal(err)
	}
	var q assessment.Questionnaire
	if err := json.Unmarshal(document, &q); err != nil {
		a.T.Fatal(err)
	}
	q.Version = version
	for practice := range q.Practices() {
		practice.SameSince = "" // what an edit changes may mean something else
	}
	edit(&q)
	ref, err := a.Store.SaveQuestionnaire(context.Background(), access.Actor{}, &q)
	if err != nil {
		a.T.Fatal(err)
	}
	return ref.SHA256
}
