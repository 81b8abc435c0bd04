package snapshots_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/webtest"
)

func TestTakeSnapshot(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	empty := b.Get(templates.SnapshotsURL(id))
	if text := empty.Page.Find("main").Text(); empty.Status != http.StatusOK || !strings.Contains(text, "No snapshots yet") {
		t.Errorf("without a snapshot: status %d, %q", empty.Status, text)
	}
	a.AnswerAll(id, webtest.Cycle)

	got := b.Post(templates.SnapshotsURL(id), url.Values{"title": {"  Design review "}, "note": {"Who was there:\r\nall"}, "version": {"0"}})
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != templates.SnapshotsURL(id) {
		t.Fatalf("take: status %d to %q", got.Status, got.Header.Get("Location"))
	}
	list := a.Snapshots(id)
	if len(list) != 1 || list[0].Title != "Design review" || list[0].Note != "Who was there:\nall" {
		t.Fatalf("stored %+v", list)
	}
	row := b.Get(templates.SnapshotsURL(id)).Page.Find(".timeline > li").First()
	for _, want := range []string{"Design review", "Ines Okafor", "23 Nov 2026", templates.ShortHash(list[0].SHA256), words.Range(list[0].Overall.Range)} {
		if !strings.Contains(row.Text(), want) {
			t.Errorf("the timeline does not say %q: %q", want, row.Text())
		}
	}
}

func TestTakeSnapshotRefuses(t *testing.T) {
	long := strings.Repeat("x", assessment.MaxShort+1)
	tests := map[string]struct {
		title, note, version string
		status               int
		field, says          string
	}{
		"no title":                {"", "note", "0", 422, "title", "Enter a title"},
		"only spaces":             {" \t ", "", "0", 422, "title", "Enter a title"},
		"title too long":          {long, "", "0", 422, "title", "Title has 201 characters; at most 200 are allowed"},
		"title of two lines":      {"one\ntwo", "", "0", 422, "title", "Title contains a control character, U+000A"},
		"NUL in the title":        {"a\x00b", "", "0", 422, "title", "Title contains a control character, U+0000"},
		"broken UTF-8, title":     {"a\xff", "", "0", 422, "title", "Title contains bytes that are not UTF-8"},
		"broken UTF-8, note":      {"a", "b\xc3(", "0", 422, "note", "Note contains bytes that are not UTF-8"},
		"NUL in the note":         {"a", "\x00", "0", 422, "note", "Note contains a control character, U+0000"},
		"note too long":           {"a", strings.Repeat("y", assessment.MaxText+1), "0", 422, "note", "Note has 10001 characters; at most 10000 are allowed"},
		"no version":              {"a", "", "", 428, "", ""},
		"a version that is none":  {"a", "", "first", 428, "", ""},
		"a negative version":      {"a", "", "-1", 428, "", ""},
		"a version of the future": {"a", "kept note", "7", 409, "", ""},
	}
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := b.Post(templates.SnapshotsURL(id), url.Values{"title": {test.title}, "note": {test.note}, "version": {test.version}})
			if got.Status != test.status {
				t.Fatalf("status %d, want %d", got.Status, test.status)
			}
			if n := len(a.Snapshots(id)); n != 0 {
				t.Fatalf("%d snapshots stored", n)
			}
			if test.field == "" {
				return
			}
			if says := got.Page.Find("#" + test.field + "-error").Text(); says != test.says {
				t.Errorf("at the field %q, want %q", says, test.says)
			}
			if link := got.Page.Find(".errors a[href='#" + test.field + "']").Text(); link != test.says {
				t.Errorf("in the summary %q, want %q", link, test.says)
			}
			title, _ := got.Page.Find("#title").Attr("value")
			if want := strings.ReplaceAll(strings.ToValidUTF8(test.title, "\uFFFD"), "\x00", "\uFFFD"); title != want && title != strings.ReplaceAll(want, "\uFFFD", "") {
				t.Errorf("title %q is not kept: %q", test.title, title)
			}
			if note := got.Page.Find("#note").Text(); len(note) < len(test.note)-1 {
				t.Errorf("%d characters of the note kept of %d", len(note), len(test.note))
			}
		})
	}
	if got := b.Post(templates.SnapshotsURL("unknown"), url.Values{"title": {"a"}, "version": {"0"}}); got.Status != http.StatusNotFound {
		t.Errorf("unknown assessment: status %d, want 404", got.Status)
	}
}

func TestSnapshotTakesAnyText(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	for i, title := range []string{"🪢 ready 👩‍🚀", "مراجعة التصميم", `<script>alert(1)</script> "&'`, strings.Repeat("W", assessment.MaxShort)} {
		got := b.Post(templates.SnapshotsURL(id), url.Values{"title": {title}, "note": {title}, "version": {strconv.Itoa(i)}})
		if got.Status != http.StatusSeeOther {
			t.Fatalf("%q: status %d", title, got.Status)
		}
		info := a.Snapshots(id)[0]
		page := b.Get(templates.SnapshotURL(info.ID))
		if info.Title != title || page.Page.Find("h1").Text() != title || strings.Contains(page.Body, "<script>alert") {
			t.Errorf("%q is stored as %q and shown as %q", title, info.Title, page.Page.Find("h1").Text())
		}
	}
}

// TestRepeatedSnapshot sends one form many times at once to two servers of one database: it takes one snapshot.
func TestRepeatedSnapshot(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	servers := []*webtest.Browser{b, a.Over(a.Store).SignedIn()}
	form := url.Values{"title": {"Design review"}, "note": {"n"}, "version": {"0"}}
	var wait sync.WaitGroup
	statuses := make([]int, 8)
	for i := range statuses {
		wait.Go(func() { statuses[i] = servers[i%2].Post(templates.SnapshotsURL(id), form).Status })
	}
	wait.Wait()
	for _, status := range statuses {
		if status != http.StatusSeeOther {
			t.Errorf("statuses %v, want 303 each", statuses)
			break
		}
	}
	if n := len(a.Snapshots(id)); n != 1 {
		t.Errorf("%d snapshots, want 1", n)
	}
}

// TestSnapshotTakenSince sends a form that saw fewer snapshots than there are: nothing is taken before the person knows.
func TestSnapshotTakenSince(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	a.Snapshot(id, "The other one")
	got := b.Post(templates.SnapshotsURL(id), url.Values{"title": {"Mine"}, "note": {"typed"}, "version": {"0"}})
	text := got.Page.Find("#take").Text()
	if got.Status != http.StatusConflict || !strings.Contains(text, "Ines Okafor created “The other one”") {
		t.Fatalf("status %d, %q", got.Status, text)
	}
	title, _ := got.Page.Find("#title").Attr("value")
	if note := got.Page.Find("#note").Text(); title != "Mine" || note != "typed" {
		t.Errorf("kept %q and %q", title, note)
	}
	version, _ := got.Page.Find("input[name=version]").Attr("value")
	if got := b.Post(templates.SnapshotsURL(id), url.Values{"title": {title}, "version": {version}}); got.Status != http.StatusSeeOther || len(a.Snapshots(id)) != 2 {
		t.Errorf("the second try: status %d, %d snapshots", got.Status, len(a.Snapshots(id)))
	}
}

// TestSnapshotNeverChanges draws a snapshot before and after everything about its assessment has changed.
func TestSnapshotNeverChanges(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	a.AnswerAll(id, webtest.Cycle)
	info := a.Snapshot(id, "Design review")
	before, err := b.Get(templates.SnapshotURL(info.ID)).Page.Find("main").Html()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(before, "Verified") || !strings.Contains(before, info.SHA256) {
		t.Errorf("the page shows no verified hash")
	}
	a.AnswerAll(id, func(int) assessment.Status { return assessment.Adopted })
	current, err := a.Store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	workload := current.State.Workload
	workload.Name = "Renamed"
	if _, err := a.Store.UpdateWorkload(t.Context(), a.Actor(), workload); err != nil {
		t.Fatal(err)
	}
	after, err := b.Get(templates.SnapshotURL(info.ID)).Page.Find("main").Html()
	if err != nil {
		t.Fatal(err)
	}
	if before != after {
		t.Errorf("the snapshot looks otherwise after its assessment has changed")
	}
}

func TestSnapshotDocument(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	a.AnswerAll(id, webtest.Cycle)
	info := a.Snapshot(id, "Design review")
	got := b.Get(templates.SnapshotDocumentURL(info.ID))
	sum := sha256.Sum256([]byte(got.Body))
	if got.Status != http.StatusOK || hex.EncodeToString(sum[:]) != info.SHA256 {
		t.Fatalf("status %d, SHA-256 %x, want %s", got.Status, sum, info.SHA256)
	}
	for header, want := range map[string]string{
		"Content-Type":        "application/json",
		"Etag":                `"` + info.SHA256 + `"`,
		"Content-Disposition": `attachment; filename="plumbline-snapshot-` + info.SHA256[:12] + `.json"; filename*=UTF-8''plumbline-snapshot-` + info.SHA256[:12] + `.json`,
	} {
		if got.Header.Get(header) != want {
			t.Errorf("%s is %q, want %q", header, got.Header.Get(header), want)
		}
	}
	again := b.Do(http.MethodGet, templates.SnapshotDocumentURL(info.ID), nil, http.Header{"If-None-Match": {`"` + info.SHA256 + `"`}})
	if again.Status != http.StatusNotModified || again.Body != "" {
		t.Errorf("with the tag: status %d and %d bytes, want 304 and none", again.Status, len(again.Body))
	}
	for path, want := range map[string]string{
		templates.SnapshotAnswersURL(info.ID): "text/csv; charset=utf-8",
		templates.SnapshotSummaryURL(info.ID): "text/markdown; charset=utf-8",
	} {
		if got := b.Get(path); got.Status != http.StatusOK || got.Header.Get("Content-Type") != want || !strings.Contains(got.Body, "Design review") && !strings.Contains(got.Body, "rel-01") {
			t.Errorf("%s: status %d, %s", path, got.Status, got.Header.Get("Content-Type"))
		}
	}
}

func TestUnknownSnapshot(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for _, path := range []string{"/snapshots/unknown", "/snapshots/unknown/document.json", "/snapshots/unknown/answers.csv", "/snapshots/unknown/summary.md",
		"/assessments/unknown/snapshots", "/assessments/unknown/compare", "/assessments/unknown/compare.csv", "/assessments/unknown/reports", "/reports/unknown"} {
		if got := b.Get(path); got.Status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, got.Status)
		}
		if got := a.Browser().Get(path); got.Status != http.StatusSeeOther {
			t.Errorf("%s, not signed in: status %d, want 303", path, got.Status)
		}
	}
}

// tamperedStore returns snapshots as if somebody had changed them behind Plumbline's back.
type tamperedStore struct {
	*storage.Store
	document func([]byte) []byte
	list     func([]assessment.SnapshotInfo)
}

func (s tamperedStore) Snapshot(ctx context.Context, id string) (assessment.SnapshotInfo, []byte, error) {
	info, document, err := s.Store.Snapshot(ctx, id)
	return info, s.document(document), err
}

func (s tamperedStore) Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error) {
	list, err := s.Store.Snapshots(ctx, id)
	s.list(list)
	return list, err
}

func TestTamperedSnapshot(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims triage").ID
	a.AnswerAll(id, webtest.Cycle)
	first := a.Snapshot(id, "First")
	second := a.Snapshot(id, "Second")
	a.ServeStore(tamperedStore{a.Store,
		func(document []byte) []byte {
			return []byte(strings.Replace(string(document), `"rel-01.p1":{"status":"adopted"}`, `"rel-01.p1":{"status":"absent"}`, 1))
		},
		func(list []assessment.SnapshotInfo) { list[0].Previous = strings.Repeat("0", 64) },
	})
	b := a.SignedIn()
	for path, want := range map[string]string{
		templates.SnapshotsURL(id):                       "Integrity check failed",
		templates.SnapshotURL(first.ID):                  "Integrity check failed",
		templates.CompareTwoURL(id, first.ID, second.ID): "Integrity check failed",
	} {
		got := b.Get(path)
		if notice := got.Page.Find(".notice-poor").Text(); got.Status != http.StatusOK || !strings.Contains(notice, want) {
			t.Errorf("%s: status %d, %q, want %q", path, got.Status, notice, want)
		}
	}
	a.ServeStore(tamperedStore{a.Store, func([]byte) []byte { return []byte("{}") }, func([]assessment.SnapshotInfo) {}})
	if got := a.SignedIn().Get(templates.SnapshotURL(first.ID)); got.Status != http.StatusInternalServerError {
		t.Errorf("a document that is no snapshot: status %d, want 500", got.Status)
	}
}

// fullStore takes no snapshot.
type fullStore struct {
	web.Store
	err error
}

func (f fullStore) TakeSnapshotOnce(context.Context, access.Actor, string, int, string, string) (assessment.SnapshotInfo, bool, error) {
	return assessment.SnapshotInfo{}, false, f.err
}

// TestSnapshotNotNow keeps what was typed where a quota is used up, and says why.
func TestSnapshotNotNow(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims triage").ID
	for code, status := range map[assessment.Code]int{assessment.TooMany: 429, assessment.NoSpace: 507, assessment.Unavailable: 503, assessment.Conflict: 409} {
		over := a.Over(fullStore{a.Store, assessment.Errorf(code, "Too much for today")})
		got := over.SignedIn().Post(templates.SnapshotsURL(id), url.Values{"version": {"0"}, "title": {"Launch"}, "note": {"Kept"}})
		webtest.Want(t, string(code), got, status, "[role=alert]", "Too much for today.")
		if got.Page.Find("#title").AttrOr("value", "") != "Launch" || got.Page.Find("#note").Text() != "Kept" {
			t.Errorf("%s: what was typed is gone", code)
		}
	}
}
