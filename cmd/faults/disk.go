package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/templates"
)

// fillDisk fills the disk under a running server, saves until it refuses, and makes room again.
func fillDisk(ctx context.Context, l *lab) (_ finding, err error) {
	d, err := l.startOnDisk(ctx, `mount -t tmpfs -o size=48m tmpfs "$1"`)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, d.kill()) }()
	ballast := d.seen("ballast")
	if err := fill(ballast); err != nil {
		return finding{}, err
	}
	t := &typist{server: d.server, example: l.example, practice: l.example.practices[0]}
	refused, err := t.saveUntilRefused(ctx)
	if err != nil {
		return finding{}, err
	}
	partial, err := t.stored(ctx)
	if err != nil {
		return finding{}, err
	}
	signIn, err := d.stranger("127.0.0.3").signIn(ctx, email(1), password)
	if err != nil {
		return finding{}, err
	}
	kept, err := t.savePlainly(ctx)
	if err != nil {
		return finding{}, err
	}
	if err := os.Remove(ballast); err != nil {
		return finding{}, err
	}
	again, err := kept.sendAgain(ctx, t)
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("saves %d, sign-in %d, page 200; the answer as before; with room again %d", refused, signIn.status, again)
	return finding{figure: figure, met: outOfOrder(refused) && outOfOrder(signIn.status) && partial == t.version && again == http.StatusSeeOther && d.alive()}, nil
}

func outOfOrder(status int) bool {
	return status == http.StatusInsufficientStorage || status == http.StatusServiceUnavailable
}

// fill writes a file until there is no room left.
func fill(name string) error {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	for _, size := range []int{1 << 20, 4096, 1} {
		piece := make([]byte, size)
		for err = nil; err == nil; {
			_, err = file.Write(piece)
		}
	}
	return nil
}

// typist writes long notes to one practice.
type typist struct {
	server   *server
	example  *example
	practice string
	version  int // acknowledged
}

// form is the next save.
func (t *typist) form() url.Values {
	note := fmt.Sprintf("Note %d: %s.", t.version+1, strings.Repeat("typed by hand ", 600))
	return answerForm(t.practice, int64(t.version), assessment.Answer{Status: assessment.Partial, Note: note})
}

func (t *typist) visitor() visitor { return t.server.visit(t.example.people[0]) }

func (t *typist) address() string { return templates.AnswerURL(t.example.assessment, t.practice) }

// saveUntilRefused saves until that is refused, and returns with which status.
func (t *typist) saveUntilRefused(ctx context.Context) (int, error) {
	for range 5000 {
		got, err := t.visitor().live(ctx, t.address(), t.form())
		if err != nil || got.status != http.StatusOK {
			return got.status, err
		}
		t.version++
	}
	return http.StatusOK, nil
}

// stored reads from the page which version is stored.
func (t *typist) stored(ctx context.Context) (int, error) {
	got, err := t.visitor().get(ctx, templates.PrincipleURL(t.example.assessment, t.example.principle))
	if err != nil {
		return 0, err
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
	if err != nil {
		return 0, err
	}
	field := page.Find(fmt.Sprintf(`input[name="version.%s"]`, t.practice))
	version := -1
	if _, err := fmt.Sscan(field.AttrOr("value", ""), &version); err != nil {
		return 0, fmt.Errorf("the page of the practice: status %d, %w", got.status, err)
	}
	return version, nil
}

// refusedForm is a form on the page that says why nothing was stored.
type refusedForm struct {
	status int
	action string
	fields url.Values
}

// savePlainly saves without scripts, which is refused, and returns what the page offers to send again.
func (t *typist) savePlainly(ctx context.Context) (refusedForm, error) {
	got, err := t.visitor().post(ctx, t.address(), t.form())
	if err != nil {
		return refusedForm{}, err
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
	if err != nil {
		return refusedForm{}, err
	}
	kept := refusedForm{status: got.status, action: page.Find("main form").AttrOr("action", ""), fields: url.Values{}}
	page.Find("main form [name]").Each(func(_ int, field *goquery.Selection) {
		kept.fields.Add(field.AttrOr("name", ""), field.AttrOr("value", field.Text()))
	})
	return kept, nil
}

// complete reports whether everything that was typed is in the form.
func (f refusedForm) complete(t *typist) bool { return f.fields.Encode() == t.form().Encode() }

// sendAgain sends what the page kept, and returns the status; it is an error where something that was typed is missing.
func (f refusedForm) sendAgain(ctx context.Context, t *typist) (int, error) {
	if !f.complete(t) {
		return 0, fmt.Errorf("what was typed is not in the page with status %d", f.status)
	}
	got, err := t.visitor().post(ctx, f.action, f.fields)
	if err != nil {
		return 0, err
	}
	version, err := t.stored(ctx)
	if err == nil && version != t.version+1 {
		err = fmt.Errorf("stored is version %d, want %d", version, t.version+1)
	}
	return got.status, err
}

// failDisk lets the file system under a running server give up writing, as one does when its device fails.
func failDisk(ctx context.Context, l *lab) (_ finding, err error) {
	image, err := filepath.Abs(filepath.Join(l.root, "disk.img"))
	if err != nil {
		return finding{}, err
	}
	if err := os.WriteFile(image, nil, 0o600); err != nil {
		return finding{}, err
	}
	if err := os.Truncate(image, 64<<20); err != nil {
		return finding{}, err
	}
	d, err := l.startOnDisk(ctx, `PATH="$PATH:/sbin:/usr/sbin" mkfs.ext4 -q -F '`+image+`' && mount -o loop '`+image+`' "$1"`)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, d.kill()) }()
	t := &typist{server: d.server, example: l.example, practice: l.example.practices[0]}
	if got, err := t.visitor().live(ctx, t.address(), t.form()); err != nil || got.status != http.StatusOK {
		return finding{}, fmt.Errorf("a save before: status %d, %w", got.status, err)
	}
	t.version++
	if err := d.remount(ctx, "abort"); err != nil {
		return finding{}, err
	}
	saves := map[int]int{}
	for range 20 {
		got, err := t.visitor().live(ctx, t.address(), t.form())
		if err != nil {
			return finding{}, err
		}
		saves[got.status]++
	}
	kept, err := t.savePlainly(ctx)
	if err != nil {
		return finding{}, err
	}
	stored, err := t.stored(ctx)
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("20 saves: %d × 503; pages 200, and show what was stored; what was typed is kept: %v", saves[http.StatusServiceUnavailable], kept.complete(t))
	return finding{figure: figure, met: saves[http.StatusServiceUnavailable] == 20 && stored == t.version && kept.complete(t) && d.alive()}, nil
}
