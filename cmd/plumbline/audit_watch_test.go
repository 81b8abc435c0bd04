package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"plumbline/storage"
)

// TestServerChecksTheAuditLog looks at a log that is as it should be, at one that was changed, and at one whose entries
// were removed with another key.
func TestServerChecksTheAuditLog(t *testing.T) {
	folder := installed(t)
	look := func() (log string, advice []string) {
		t.Helper()
		var text bytes.Buffer
		err := beside(t.Context(), folder, func(store *storage.Store) error {
			i := &installation{settings: &settings{Data: folder}, store: store, logger: slog.New(slog.NewTextHandler(&text, nil))}
			i.followAudit(t.Context())
			advice = i.advice()
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return text.String(), advice
	}
	if log, advice := look(); !strings.Contains(log, `level=INFO msg="the audit log was checked" entries=2`) || len(advice) > 0 {
		t.Errorf("as it should be: %s, %v", log, advice)
	}
	if err := onDatabase(folder, "DROP TRIGGER audit_is_only_blanked", "UPDATE audit SET action = 'x' WHERE sequence = 1"); err != nil {
		t.Fatal(err)
	}
	log, advice := look()
	if !strings.Contains(log, "level=WARN") || !strings.Contains(log, "breaks at entry 1") || len(advice) != 1 || !strings.Contains(advice[0], "Entry 1 of the audit log") {
		t.Errorf("changed: %s, %v", log, advice)
	}
}
