package main

import (
	"log/slog"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/storage"
)

func TestBuiltinQuestionnaireIsKept(t *testing.T) {
	ctx := t.Context()
	store, err := storage.Open(ctx, storage.Options{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	person, err := store.CreateUser(ctx, access.Actor{}, access.User{Name: "Mei", Email: "mei@example.com", Admin: true})
	if err != nil {
		t.Fatal(err)
	}
	builtin, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	// Somebody imported what the program brings with it only now.
	actor := access.Actor{User: person}
	draft, err := store.SaveDraft(ctx, actor, assessment.ImportDraft{Kind: "plumbline", FileName: "ours.yaml", Questionnaire: builtin})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.AcceptDraft(ctx, actor, draft.ID, assessment.QuestionnaireIdentityOf(builtin), ""); err != nil {
		t.Fatal(err)
	}
	i := &installation{store: store, logger: slog.New(slog.DiscardHandler)}
	for range 2 {
		if err := i.keepBuiltin(ctx); err != nil {
			t.Fatal(err)
		}
		all, err := store.Library(ctx)
		if err != nil || len(all) != 1 || !all[0].Builtin() || all[0].SHA256 != content.BuiltinSHA256 {
			t.Fatalf("the library has %+v, %v", all, err)
		}
	}
}
