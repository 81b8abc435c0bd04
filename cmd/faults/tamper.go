package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"plumbline/cmd/internal/lab"
)

// tampering is what somebody can do to the audit log who may write to the file of the database, once its triggers are
// gone.
var tampering = []string{
	"UPDATE audit SET person = 'Eve' WHERE sequence = 3",
	"UPDATE audit SET at = at + 1 WHERE sequence = 3",
	"DELETE FROM audit WHERE sequence = 3",
	"DELETE FROM audit WHERE sequence <= 3",
	"DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
	"DELETE FROM audit",
	`UPDATE audit SET action = 'audit.removed', detail = '{"entries":2,"until":2,"hash":"x"}' WHERE sequence = 3; DELETE FROM audit WHERE sequence <= 2`,
}

// tamper changes and removes entries in copies of a data folder, and has each one verified.
func tamper(ctx context.Context, t *trial) (finding, error) {
	s, err := t.start(ctx)
	if err != nil {
		return finding{}, err
	}
	if err := t.typist(s).save(ctx, s); err != nil {
		return finding{}, errors.Join(err, s.Kill())
	}
	if _, err := s.Stop(); err != nil {
		return finding{}, err
	}
	sound := t.verify(ctx, s.Folder) == nil
	noticed := 0
	for _, statements := range tampering {
		folder, err := os.MkdirTemp(t.root, "tampered-")
		if err != nil {
			return finding{}, err
		}
		if err := os.CopyFS(folder, os.DirFS(s.Folder)); err != nil {
			return finding{}, err
		}
		if err := withoutTriggers(ctx, folder, statements); err != nil {
			return finding{}, err
		}
		if err := t.verify(ctx, folder); errors.Is(err, errTampered) {
			noticed++
		} else if err != nil {
			return finding{}, err
		}
	}
	figure := fmt.Sprintf("sound before: %v; %d of %d noticed", sound, noticed, len(tampering))
	return finding{figure: figure, met: sound && noticed == len(tampering)}, nil
}

func withoutTriggers(ctx context.Context, folder, statements string) error {
	db, err := database(folder)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "DROP TRIGGER audit_is_only_blanked; DROP TRIGGER audit_is_only_removed_with_a_note; "+statements)
	return errors.Join(err, db.Close())
}

// errTampered is an audit log that does not verify.
var errTampered = errors.New("the audit log does not verify")

// verify runs the command that follows the chain. The error is errTampered only where the command says so.
func (t *trial) verify(ctx context.Context, folder string) error {
	said, err := exec.CommandContext(ctx, t.Binary, "audit", "verify", "--data", folder).CombinedOutput()
	if err != nil && strings.HasPrefix(string(said), "failed: ") {
		return errTampered
	}
	if err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	return nil
}

// signOutOnFullDisk signs out while nothing can be written, and starts another server on what the disk then holds.
func signOutOnFullDisk(ctx context.Context, t *trial) (_ finding, err error) {
	d, err := t.startOnDisk(ctx, `mount -t tmpfs -o size=48m tmpfs "$1"`)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, d.Kill()) }()
	ballast := d.seen("ballast")
	if err := fill(ballast); err != nil {
		return finding{}, err
	}
	w := t.typist(d.Server)
	if _, err := w.saveUntilRefused(ctx); err != nil {
		return finding{}, err
	}
	person, out, written, err := signOutUnwritten(ctx, t, d.Server)
	if err != nil {
		return finding{}, err
	}
	gone, err := d.Visit(person).Get(ctx, "/")
	if err != nil {
		return finding{}, err
	}
	left := filepath.Join(t.root, "full-disk")
	if err := os.MkdirAll(left, 0o700); err != nil {
		return finding{}, err
	}
	if said, err := exec.CommandContext(ctx, "sh", "-c", `cp "$1"/plumbline.db* "$1"/session.key "$1"/ended-sessions "$2"`, "sh", d.seen(""), left).CombinedOutput(); err != nil {
		return finding{}, fmt.Errorf("copy what the disk holds: %w: %s", err, said)
	}
	next, err := lab.Start(ctx, t.Binary, left)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, next.Kill()) }()
	after, err := next.Visit(person).Get(ctx, "/")
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("sign-out %d, written later %v; the old cookie then %d, and %d by a new server", out.Status, written, gone.Status, after.Status)
	return finding{figure: figure, met: written && out.Status == http.StatusSeeOther && gone.Status == http.StatusSeeOther && after.Status == http.StatusSeeOther}, nil
}

// signOutUnwritten signs people out until that could not be written at once, and returns the last of them with the status:
// where a long note finds no room any more, a few short entries may.
func signOutUnwritten(ctx context.Context, t *trial, s *lab.Server) (person lab.Person, out lab.Reply, later bool, err error) {
	for _, person = range t.example.People {
		if out, err = s.Visit(person).Post(ctx, "/logout", url.Values{}); err != nil || out.Status != http.StatusSeeOther {
			break
		}
		if later = strings.Contains(s.Log(), "a session has ended; the database is updated later"); later {
			break
		}
	}
	return person, out, later, err
}
