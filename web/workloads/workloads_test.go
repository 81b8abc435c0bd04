package workloads_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

func TestNewWorkload(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	form := webtest.NewWorkloadForm(t, b, "  Claims triage ")
	form.Set("description", "Reads claims.\r\nProposes steps.")
	form.Set("owner", "Mei 田中")
	form.Set("environment", "production")
	form.Set("tags", " rag, public ,, RAG")
	form.Set("priority.security", "2,5")
	form.Set("priority.cost", "0")
	form.Set("team", "another")
	form.Set("version", "7")

	got := b.Post("/workloads/new", form)
	rows := a.Workloads()
	if got.Status != http.StatusSeeOther || len(rows) != 1 {
		t.Fatalf("status %d, %d workloads", got.Status, len(rows))
	}
	stored := rows[0].Assessment
	if location := got.Header.Get("Location"); location != "/assessments/"+stored.ID+"/scope" {
		t.Errorf("leads to %q", location)
	}
	w := stored.Workload
	if w.Name != "Claims triage" || w.Description != "Reads claims.\nProposes steps." || w.Owner != "Mei 田中" ||
		w.Environment != "production" || !slices.Equal(w.Tags, []string{"rag", "public"}) || w.Version != 1 ||
		w.Team != a.Actor().Memberships[0].Team.ID {
		t.Errorf("stored %+v", w)
	}
	if want := (assessment.Priorities{"security": 2.5, "cost": 0}); !maps.Equal(stored.Priorities, want) {
		t.Errorf("priorities %v, want %v", stored.Priorities, want)
	}
}

func TestNewWorkloadTakesAnyText(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for _, name := range []string{"🩺 triage", "مساعد المطالبات", `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "'; DROP TABLE workload; --", strings.Repeat("é", 120)} {
		if got := b.Post("/workloads/new", webtest.NewWorkloadForm(t, b, name)); got.Status != http.StatusSeeOther {
			t.Errorf("%.30s: status %d, want 303", name, got.Status)
		}
		page := b.Get("/").Page
		if !slices.Contains(webtest.RowNames(page), name) {
			t.Errorf("%.30s is not in the portfolio as typed", name)
		}
		if page.Find("main script, main img").Length() != 0 {
			t.Errorf("%.30s became markup", name)
		}
	}
}

func TestNewWorkloadRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	long := strings.Repeat("x", 10_000)
	tests := []struct {
		name, field, typed, want string
	}{
		{"no name", "name", "", "Enter a name"},
		{"blank name", "name", " \t ", "Enter a name"},
		{"long name", "name", long, "The name has 10000 characters"},
		{"a character too long", "name", strings.Repeat("é", 121), "The name has 121 characters"},
		{"NUL in the name", "name", "a\x00b", "The name contains a control character"},
		{"lines in the name", "name", "a\nb", "The name contains a control character"},
		{"broken name", "name", "a\xff\xfeb", "The name contains bytes that are not UTF-8"},
		{"long description", "description", long + "x", "The description has 10001 characters"},
		{"NUL in the description", "description", "a\x00b", "The description contains a control character"},
		{"broken description", "description", "\xc3(", "The description contains bytes that are not UTF-8"},
		{"long owner", "owner", long, "The owner has 10000 characters"},
		{"broken owner", "owner", "\xff", "The owner contains bytes that are not UTF-8"},
		{"long environment", "environment", long, "The environment has 10000 characters"},
		{"NUL in the environment", "environment", "\x00", "The environment contains a control character"},
		{"long tag", "tags", "rag, " + long, "A tag has 10000 characters"},
		{"NUL in a tag", "tags", "rag, a\x00b", "A tag contains a control character"},
		{"many tags", "tags", manyTags(21), "21 tags; at most 20 are allowed"},
		{"no questionnaire", "questionnaire", "", "Choose a questionnaire from the list"},
		{"unknown questionnaire", "questionnaire", "nope", "Choose a questionnaire from the list"},
		{"a word", "priority.security", "double", "Priority of Security: enter a number from 0 to 1000"},
		{"no number", "priority.security", "", "Priority of Security: enter a number from 0 to 1000"},
		{"spaces", "priority.security", "  ", "Priority of Security: enter a number from 0 to 1000"},
		{"negative", "priority.security", "-1", "Priority of Security: enter a number from 0 to 1000"},
		{"too high", "priority.security", "1000.01", "Priority of Security: enter a number from 0 to 1000"},
		{"infinite", "priority.security", "Inf", "Priority of Security: enter a number from 0 to 1000"},
		{"not a number", "priority.security", "NaN", "Priority of Security: enter a number from 0 to 1000"},
		{"exponent", "priority.security", "1e1", "Priority of Security: enter a number from 0 to 1000"},
		{"two marks", "priority.security", "1,0.0", "Priority of Security: enter a number from 0 to 1000"},
		{"other digits", "priority.security", "２", "Priority of Security: enter a number from 0 to 1000"},
		{"long number", "priority.security", strings.Repeat("1", 10_000), "Priority of Security: enter a number from 0 to 1000"},
		{"NUL in a number", "priority.security", "1\x00", "Priority of Security: enter a number from 0 to 1000"},
		{"broken number", "priority.security", "\xff", "Priority of Security: enter a number from 0 to 1000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := webtest.NewWorkloadForm(t, b, "Kept name")
			form.Set("owner", "Kept owner")
			form.Set("priority.cost", "3")
			form.Set(tt.field, tt.typed)
			got := b.Post("/workloads/new", form)
			wantComplaint(t, got, http.StatusUnprocessableEntity, tt.field, tt.want)
			wantKept(t, got, form, tt.field)
			if n := len(a.Workloads()); n != 0 {
				t.Errorf("%d workloads are stored", n)
			}
		})
	}
}

// wantComplaint checks that a page names what is wrong on top and at the field.
func wantComplaint(t *testing.T, got webtest.Answer, status int, field, message string) {
	t.Helper()
	if got.Status != status {
		t.Errorf("status %d, want %d", got.Status, status)
	}
	link := got.Page.Find(`.errors a[href="#` + field + `"]`)
	if !strings.Contains(link.Text(), message) {
		t.Errorf("the summary says %q, want %q", webtest.TextOf(got.Page.Find(".errors")), message)
	}
	control := got.Page.Find(`[id="` + field + `"]`)
	if control.AttrOr("aria-invalid", "") != "true" || !strings.Contains(control.AttrOr("aria-describedby", ""), field+"-error") {
		t.Errorf("the field %s is not marked", field)
	}
	if text := got.Page.Find(`[id="` + field + `-error"]`).Text(); !strings.Contains(text, message) {
		t.Errorf("the field says %q, want %q", text, message)
	}
}

// wantKept checks that a page shows again what was sent; the field except is checked where a page can show it.
func wantKept(t *testing.T, got webtest.Answer, sent url.Values, except string) {
	t.Helper()
	shown := webtest.FormValues(t, got, "main form")
	for name := range sent {
		value := sent.Get(name)
		if name == except && (strings.ContainsAny(value, "\x00\n") || strings.ToValidUTF8(value, "") != value || name == "questionnaire") {
			continue
		}
		if shown.Get(name) != value {
			t.Errorf("%s shows %.60q, want %.60q", name, shown.Get(name), value)
		}
	}
}

func manyTags(n int) string {
	var tags []string
	for i := range n {
		tags = append(tags, "tag"+strconv.Itoa(i))
	}
	return strings.Join(tags, ",")
}

func TestNewWorkloadNeedsAPriority(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	form := webtest.NewWorkloadForm(t, b, "Claims")
	for name := range form {
		if strings.HasPrefix(name, "priority.") {
			form.Set(name, "0")
		}
	}
	got := b.Post("/workloads/new", form)
	wantComplaint(t, got, http.StatusUnprocessableEntity, "priority.reliability", "Enter a priority above 0")
	wantKept(t, got, form, "")
}

func TestNewWorkloadNamesEveryMistake(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	form := webtest.NewWorkloadForm(t, b, "")
	form.Set("priority.security", "x")
	form.Set("priority.cost", "1001")
	got := b.Post("/workloads/new", form)
	if n := got.Page.Find(".errors li").Length(); n != 3 {
		t.Errorf("the summary has %d lines, want 3: %s", n, webtest.TextOf(got.Page.Find(".errors")))
	}
}

func TestNewWorkloadSentTwice(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	form := webtest.NewWorkloadForm(t, b, "Claims")
	first, second := b.Post("/workloads/new", form), b.Post("/workloads/new", form)
	if second.Status != http.StatusSeeOther || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("sent twice: %d to %q, then %d to %q", first.Status, first.Header.Get("Location"), second.Status, second.Header.Get("Location"))
	}
	if n := len(a.Workloads()); n != 1 {
		t.Errorf("%d workloads, want 1", n)
	}
	for _, request := range []string{"", "../../etc", strings.Repeat("a", 10_000), "a\x00aaaaaaaaaa", "AAAAAAAAAAAA"} {
		form.Set("request", request)
		if got := b.Post("/workloads/new", form); got.Status != http.StatusSeeOther {
			t.Errorf("request %.20q: status %d, want 303", request, got.Status)
		}
	}
	if n := len(a.Workloads()); n != 6 {
		t.Errorf("%d workloads, want 6", n)
	}
}

func TestNewWorkloadShowsThePillarsOfAQuestionnaire(t *testing.T) {
	a := webtest.NewApp(t)
	other := a.OtherQuestionnaire()
	b := a.SignedIn()
	form := webtest.NewWorkloadForm(t, b, "Claims")
	form.Set("questionnaire", other.SHA256)
	form.Set("do", "pillars")
	got := b.Post("/workloads/new", form)
	if got.Status != http.StatusOK || got.Page.Find(".errors").Length() != 0 {
		t.Errorf("status %d, errors %q", got.Status, webtest.TextOf(got.Page.Find(".errors")))
	}
	if labels := webtest.TextsOf(got.Page.Find("#priorities label")); !slices.Equal(labels, []string{"Speed"}) {
		t.Errorf("asks for the priorities of %q", labels)
	}
	form = webtest.FormValues(t, got, "main form")
	if form.Get("name") != "Claims" || form.Get("questionnaire") != other.SHA256 {
		t.Errorf("the form shows %v", form)
	}
	if got := b.Post("/workloads/new", form); got.Status != http.StatusSeeOther {
		t.Errorf("status %d, want 303", got.Status)
	}
	if rows := a.Workloads(); len(rows) != 1 || rows[0].Assessment.Questionnaire.ID != "other" {
		t.Errorf("stored %+v", rows)
	}
}

func TestNewWorkloadNeedsATeam(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	form := webtest.NewWorkloadForm(t, b, "Claims")
	actor := a.Actor()
	if err := a.Store.SetAdmin(t.Context(), access.Actor{}, actor.User.ID, false); err != nil {
		t.Fatal(err)
	}
	if err := a.Store.SetMembership(t.Context(), access.Actor{}, actor.User.ID, actor.Memberships[0].Team.ID, access.Viewer); err != nil {
		t.Fatal(err)
	}
	if got := b.Post("/workloads/new", form); got.Status != http.StatusForbidden || len(a.Workloads()) != 0 {
		t.Errorf("status %d, want 403; %d workloads", got.Status, len(a.Workloads()))
	}
	if got := b.Get("/workloads/new"); got.Status != http.StatusForbidden || !strings.Contains(got.Body, "Only an architect or a lead of this team can create") {
		t.Errorf("status %d, want 403 with who may", got.Status)
	}
}
