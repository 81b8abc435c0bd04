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

	"plumbline/cmd/internal/lab"
)

// fillDisk fills the disk under a running server, saves until it refuses, and makes room again.
func fillDisk(ctx context.Context, t *trial) (_ finding, err error) {
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
	refused, err := w.saveUntilRefused(ctx)
	if err != nil {
		return finding{}, err
	}
	partial, err := w.stored(ctx)
	if err != nil {
		return finding{}, err
	}
	signIn, err := d.Stranger("127.0.0.3").SignIn(ctx, lab.Email(1), lab.Password)
	if err != nil {
		return finding{}, err
	}
	kept, err := w.savePlainly(ctx)
	if err != nil {
		return finding{}, err
	}
	if err := os.Remove(ballast); err != nil {
		return finding{}, err
	}
	again, err := kept.sendAgain(ctx, w)
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("saves %d, sign-in %d, page 200; the answer as before; with room again %d", refused, signIn.Status, again)
	return finding{figure: figure, met: outOfOrder(refused) && outOfOrder(signIn.Status) && partial == w.version.Load() && again == http.StatusSeeOther && d.Alive()}, nil
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

// typist is a writer of long notes who checks what the server keeps of them.
type typist struct {
	*writer
	server *lab.Server
	page   string // of the practice
}

func (t *trial) typist(s *lab.Server) *typist {
	w := t.crew(1).writers[0]
	w.more = strings.Repeat(", typed by hand", 600)
	return &typist{writer: w, server: s, page: t.page()}
}

// next is the form of the next save.
func (w *typist) next() url.Values { return w.form(w.version.Load()) }

func (w *typist) visitor() lab.Visitor { return w.server.Visit(w.person) }

// saveUntilRefused saves until the server refuses, and returns the status of the refusal.
func (w *typist) saveUntilRefused(ctx context.Context) (int, error) {
	for range 5000 {
		got, err := w.visitor().Live(ctx, w.address(), w.next())
		if err != nil || got.Status != http.StatusOK {
			return got.Status, err
		}
		w.version.Add(1)
	}
	return http.StatusOK, nil
}

// stored reads from the page which version is stored.
func (w *typist) stored(ctx context.Context) (int64, error) {
	got, err := w.visitor().Get(ctx, w.page)
	if err != nil {
		return 0, err
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(got.Body))
	if err != nil {
		return 0, err
	}
	field := page.Find(fmt.Sprintf(`input[name="version.%s"]`, w.practice))
	version := int64(-1)
	if _, err := fmt.Sscan(field.AttrOr("value", ""), &version); err != nil {
		return 0, fmt.Errorf("the page of the practice: status %d, %w", got.Status, err)
	}
	return version, nil
}

// refusedForm is the form on the page that explains why nothing was stored.
type refusedForm struct {
	status int
	action string
	fields url.Values
}

// savePlainly saves without scripts, which is refused, and returns what the page offers to send again.
func (w *typist) savePlainly(ctx context.Context) (refusedForm, error) {
	got, err := w.visitor().Post(ctx, w.address(), w.next())
	if err != nil {
		return refusedForm{}, err
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(got.Body))
	if err != nil {
		return refusedForm{}, err
	}
	kept := refusedForm{status: got.Status, action: page.Find("main form").AttrOr("action", ""), fields: url.Values{}}
	page.Find("main form [name]").Each(func(_ int, field *goquery.Selection) {
		kept.fields.Add(field.AttrOr("name", ""), field.AttrOr("value", field.Text()))
	})
	return kept, nil
}

// complete reports whether everything that was typed is in the form.
func (f refusedForm) complete(w *typist) bool { return f.fields.Encode() == w.next().Encode() }

// sendAgain sends what the page kept and returns the status. It returns an error if the page lost something.
func (f refusedForm) sendAgain(ctx context.Context, w *typist) (int, error) {
	if !f.complete(w) {
		return 0, fmt.Errorf("what was typed is not in the page with status %d", f.status)
	}
	got, err := w.visitor().Post(ctx, f.action, f.fields)
	if err != nil {
		return 0, err
	}
	version, err := w.stored(ctx)
	if err == nil && version != w.version.Load()+1 {
		err = fmt.Errorf("stored is version %d, want %d", version, w.version.Load()+1)
	}
	return got.Status, err
}

// failDisk makes the file system under a running server refuse writes, as after a failure of its device.
func failDisk(ctx context.Context, t *trial) (_ finding, err error) {
	image, err := filepath.Abs(filepath.Join(t.root, "disk.img"))
	if err != nil {
		return finding{}, err
	}
	if err := os.WriteFile(image, nil, 0o600); err != nil {
		return finding{}, err
	}
	if err := os.Truncate(image, 64<<20); err != nil {
		return finding{}, err
	}
	d, err := t.startOnDisk(ctx, `PATH="$PATH:/sbin:/usr/sbin" mkfs.ext4 -q -F '`+image+`' && mount -o loop '`+image+`' "$1"`)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, d.Kill()) }()
	w := t.typist(d.Server)
	if err := w.save(ctx, d.Server); err != nil {
		return finding{}, fmt.Errorf("a save before: %w", err)
	}
	if err := d.remount(ctx, "abort"); err != nil {
		return finding{}, err
	}
	saves := map[int]int{}
	for range 20 {
		got, err := w.visitor().Live(ctx, w.address(), w.next())
		if err != nil {
			return finding{}, err
		}
		saves[got.Status]++
	}
	kept, err := w.savePlainly(ctx)
	if err != nil {
		return finding{}, err
	}
	stored, err := w.stored(ctx)
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("20 saves: %d × 503; pages 200, and show what was stored; what was typed is kept: %v", saves[http.StatusServiceUnavailable], kept.complete(w))
	return finding{figure: figure, met: saves[http.StatusServiceUnavailable] == 20 && stored == w.version.Load() && kept.complete(w) && d.Alive()}, nil
}
