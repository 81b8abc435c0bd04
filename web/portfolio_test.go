package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
)

// reviewed creates a workload and answers its practices: share of 100 as adopted, evenly spread, the others as status.
func (a *app) reviewed(w assessment.Workload, share int, status assessment.Status) assessment.Assessment {
	a.t.Helper()
	ctx := context.Background()
	questionnaires, err := a.store.Questionnaires(ctx)
	if err != nil {
		a.t.Fatal(err)
	}
	actor := a.actor()
	w.Team = actor.Memberships[0].Team.ID
	started, err := a.store.CreateWorkload(ctx, actor, w, questionnaires[0].SHA256, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	var saves []assessment.SaveAnswer
	for i, practice := range a.practices(started.ID) {
		answer := status
		if i*37%100 < share {
			answer = assessment.Adopted
		}
		if answer != assessment.Unanswered {
			saves = append(saves, assessment.SaveAnswer{Practice: practice.ID, Answer: assessment.Answer{Status: answer}})
		}
	}
	if _, err := a.store.SaveAnswers(ctx, actor, started.ID, saves); err != nil && len(saves) > 0 {
		a.t.Fatal(err)
	}
	return started
}

// practices returns every practice that an assessment asks about, in order.
func (a *app) practices(id string) []assessment.Practice {
	a.t.Helper()
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	var practices []assessment.Practice
	for _, pillar := range current.Model.Questionnaire().Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				practices = append(practices, question.Practices...)
			}
		}
	}
	return practices
}

func textOf(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func textsOf(s *goquery.Selection) []string {
	return s.Map(func(_ int, one *goquery.Selection) string { return textOf(one) })
}

func rowNames(page *goquery.Document) []string { return textsOf(page.Find("table.heat tbody a.row")) }

func TestPortfolioEmpty(t *testing.T) {
	got := newApp(t).signedIn().get("/")
	if got.status != http.StatusOK || textOf(got.page.Find("h1")) != "No workload yet" {
		t.Errorf("got %d %q", got.status, textOf(got.page.Find("h1")))
	}
	if href, _ := got.page.Find("main .btn-main").Attr("href"); href != "/workloads/new" {
		t.Errorf("the button leads to %q", href)
	}
}

func TestPortfolioRow(t *testing.T) {
	a := newApp(t)
	first := a.reviewed(assessment.Workload{Name: "Claims", Owner: "Mei", Environment: "Pilot", Tags: []string{"a", "b", "c", "d"}}, 60, assessment.Absent)
	a.reviewed(assessment.Workload{Name: "Voice"}, 0, assessment.Unanswered)
	if _, err := a.store.TakeSnapshot(t.Context(), a.actor(), first.ID, "First", ""); err != nil {
		t.Fatal(err)
	}
	current, err := a.store.Current(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	page := a.signedIn().get("/").page

	row := page.Find("table.heat tbody tr").First()
	if href, _ := row.Find("a.row").Attr("href"); href != "/assessments/"+first.ID {
		t.Errorf("the name leads to %q", href)
	}
	if got := textsOf(row.Find("th .meta span")); !slices.Equal(got, []string{"Mei", "Pilot", "a", "b", "c", "1 more"}) {
		t.Errorf("got about %q", got)
	}
	low := current.Result.Pillars[0].Low
	cell := row.Find("td.cell").First()
	if want := strconv.Itoa(assessment.Round(low)); !strings.HasPrefix(textOf(cell), want) || !cell.HasClass(shadeOf(low)) {
		t.Errorf("cell %q of class %q, want %s %s", textOf(cell), cell.AttrOr("class", ""), want, shadeOf(low))
	}
	if got := textOf(row.Find("td").Last()); got != "14:30 Ines Okafor" {
		t.Errorf("changed: got %q", got)
	}
	if got := textOf(page.Find(".filtered [role=status]")); got != "2 workloads" {
		t.Errorf("count: got %q", got)
	}
	idle := page.Find("table.heat tbody tr").Last()
	if got := textOf(idle.Find("td.cell").First()); got != "–not assessed" && got != "– not assessed" {
		t.Errorf("a workload without answers shows %q", got)
	}
	if got := textOf(idle.Find("td").Last()); got != "not started" {
		t.Errorf("a workload without answers changed %q", got)
	}
}

func shadeOf(low float64) string {
	switch {
	case low >= 80:
		return "h-5"
	case low >= 67:
		return "h-4"
	case low >= 50:
		return "h-3"
	case low >= 33:
		return "h-2"
	}
	return "h-1"
}

func TestPortfolioFilters(t *testing.T) {
	a := newApp(t)
	a.reviewed(assessment.Workload{Name: "Claims triage", Owner: "Mei Tanaka", Environment: "production", Tags: []string{"rag", "public"}}, 90, assessment.Absent)
	a.reviewed(assessment.Workload{Name: "Voice intake", Owner: "Tomás", Environment: "pilot", Tags: []string{"voice"}, Description: "Answers the telephone"}, 20, assessment.Absent)
	a.reviewed(assessment.Workload{Name: "Ärzte 🩺 <b>", Owner: "Mei Tanaka"}, 0, assessment.Unanswered)
	b := a.signedIn()
	tests := []struct {
		query string
		want  []string
		count string
	}{
		{"", []string{"Claims triage", "Voice intake", "Ärzte 🩺 <b>"}, "3 workloads"},
		{"q=CLAIMS", []string{"Claims triage"}, "1 of 3 workloads"},
		{"q=tanaka", []string{"Claims triage", "Ärzte 🩺 <b>"}, "2 of 3 workloads"},
		{"q=telephone+pilot", []string{"Voice intake"}, "1 of 3 workloads"},
		{"q=telephone+production", nil, "0 of 3 workloads"},
		{"q=ärzte", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"q=%F0%9F%A9%BA", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"q=%3Cb%3E", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"q=%25", nil, "0 of 3 workloads"},
		{"q='+OR+1=1--", nil, "0 of 3 workloads"},
		{"tag=rag", []string{"Claims triage"}, "1 of 3 workloads"},
		{"tag=ra", nil, "0 of 3 workloads"},
		{"owner=Mei+Tanaka", []string{"Claims triage", "Ärzte 🩺 <b>"}, "2 of 3 workloads"},
		{"owner=Mei+Tanaka&environment=production", []string{"Claims triage"}, "1 of 3 workloads"},
		{"band=excellent", []string{"Claims triage"}, "1 of 3 workloads"},
		{"band=critical", []string{"Voice intake"}, "1 of 3 workloads"},
		{"band=%28none%29", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"band=unheard", nil, "0 of 3 workloads"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			got := b.get("/?" + strings.ReplaceAll(tt.query, "ä", "%C3%A4"))
			if names := rowNames(got.page); got.status != http.StatusOK || !slices.Equal(names, tt.want) {
				t.Errorf("got %d %q, want %q", got.status, names, tt.want)
			}
			if count := textOf(got.page.Find("#portfolio .filtered [role=status]")); count != tt.count {
				t.Errorf("got count %q, want %q", count, tt.count)
			}
			if len(tt.want) == 0 && !strings.Contains(textOf(got.page.Find("#portfolio")), "No workload fits") {
				t.Error("an empty list does not say so")
			}
		})
	}
}

func TestPortfolioFiltersCanBeCleared(t *testing.T) {
	a := newApp(t)
	a.reviewed(assessment.Workload{Name: "Claims", Tags: []string{"rag"}}, 50, assessment.Absent)
	page := a.signedIn().get("/?q=claims&tag=rag&sort=overall&order=desc").page

	links := map[string]string{}
	page.Find(".active a").Each(func(_ int, link *goquery.Selection) { links[textOf(link)] = link.AttrOr("href", "") })
	want := map[string]string{
		"“claims” ×": "/?order=desc&sort=overall&tag=rag",
		"Tag rag ×":  "/?order=desc&q=claims&sort=overall",
		"Clear all":  "/?order=desc&sort=overall",
	}
	for title, href := range want {
		if links[title] != href {
			t.Errorf("%s leads to %q, want %q", title, links[title], href)
		}
	}
	if got := page.Find("#q").AttrOr("value", ""); got != "claims" {
		t.Errorf("the search shows %q", got)
	}
	if got := page.Find("#tag option[selected]").AttrOr("value", ""); got != "rag" {
		t.Errorf("the list of tags shows %q", got)
	}
}

func TestPortfolioSorts(t *testing.T) {
	a := newApp(t)
	a.reviewed(assessment.Workload{Name: "beta"}, 80, assessment.Absent)
	a.now = a.now.Add(time.Minute)
	a.reviewed(assessment.Workload{Name: "Alpha"}, 20, assessment.Absent)
	a.now = a.now.Add(time.Minute)
	a.reviewed(assessment.Workload{Name: "Gamma"}, 0, assessment.Unanswered)
	b := a.signedIn()
	tests := []struct {
		query, want, head, order string
	}{
		{"", "Alpha beta Gamma", "Workload", "ascending"},
		{"sort=name&order=desc", "Gamma beta Alpha", "Workload", "descending"},
		{"sort=overall", "Alpha beta Gamma", "Overall", "ascending"},
		{"sort=overall&order=desc", "beta Alpha Gamma", "Overall", "descending"},
		{"sort=security", "Alpha beta Gamma", "Security", "ascending"},
		{"sort=security&order=desc", "beta Alpha Gamma", "Security", "descending"},
		{"sort=findings", "Alpha beta Gamma", "High", "descending"},
		{"sort=findings&order=asc", "Gamma beta Alpha", "High", "ascending"},
		{"sort=changed", "Gamma Alpha beta", "Changed", "descending"},
		{"sort=changed&order=asc", "beta Alpha Gamma", "Changed", "ascending"},
		{"sort=decisions&order=asc", "", "Decisions open", "ascending"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			got := b.get("/?" + tt.query)
			if names := strings.Join(rowNames(got.page), " "); tt.want != "" && names != tt.want {
				t.Errorf("got %q, want %q", names, tt.want)
			}
			head := got.page.Find("th[aria-sort]")
			if head.Length() != 1 || textOf(head) != tt.head || head.AttrOr("aria-sort", "") != tt.order {
				t.Errorf("got head %q %q, want %q %q", textOf(head), head.AttrOr("aria-sort", ""), tt.head, tt.order)
			}
			turned := b.get(head.Find("a").AttrOr("href", ""))
			if order := turned.page.Find("th[aria-sort]").AttrOr("aria-sort", ""); order == tt.order {
				t.Errorf("the head does not turn the order round: %q", order)
			}
		})
	}
}

func TestPortfolioRefusesUnknownOrders(t *testing.T) {
	a := newApp(t)
	a.newAssessment("Claims")
	b := a.signedIn()
	for _, query := range []string{"sort=luck", "sort=1%3BDROP+TABLE+workload", "sort=%3Cscript%3E", "sort=%00%FF", "sort=" + strings.Repeat("x", 10_000), "order=up", "sort=overall&order=ASC"} {
		got := b.get("/?" + query)
		if got.status != http.StatusUnprocessableEntity {
			t.Errorf("%.40s: status %d, want 422", query, got.status)
		}
		if text := textOf(got.page.Find("main")); !strings.Contains(text, "sort") {
			t.Errorf("%.40s: the page says %q", query, text)
		}
		if href := got.page.Find("main .btn-main").AttrOr("href", ""); href != "/" {
			t.Errorf("%.40s: the way back leads to %q", query, href)
		}
	}
}

func TestPortfolioKeepsBadSearches(t *testing.T) {
	a := newApp(t)
	a.newAssessment("Claims")
	b := a.signedIn()
	tests := []struct{ name, typed, want string }{
		{"too long", strings.Repeat("x", 10_000), "10000 characters"},
		{"NUL", "a\x00b", "control character"},
		{"broken", "a\xffb", "UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := b.get("/?" + url.Values{"q": {tt.typed}}.Encode())
			if got.status != http.StatusUnprocessableEntity {
				t.Errorf("status %d, want 422", got.status)
			}
			if text := textOf(got.page.Find("#q-error")); !strings.Contains(text, "The search") || !strings.Contains(text, tt.want) {
				t.Errorf("the message is %q", text)
			}
			if value := got.page.Find("#q").AttrOr("value", ""); value == "" {
				t.Error("what was typed is gone")
			}
			if names := rowNames(got.page); len(names) != 1 {
				t.Errorf("the list shows %q, want every workload", names)
			}
		})
	}
}

func TestPortfolioArchived(t *testing.T) {
	a := newApp(t)
	kept, gone := a.newAssessment("Kept"), a.newAssessment("Gone")
	if err := a.store.ArchiveWorkload(t.Context(), a.actor(), gone.Workload.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	b := a.signedIn()
	if got := rowNames(b.get("/").page); !slices.Equal(got, []string{"Kept"}) {
		t.Errorf("in use: got %q", got)
	}
	got := b.get("/?archived=1")
	if names := rowNames(got.page); !slices.Equal(names, []string{"Gone"}) {
		t.Errorf("archived: got %q", names)
	}
	if got.page.Find("main .btn-main").Length() != 0 {
		t.Error("the archived workloads offer a new one")
	}
	if err := a.store.ArchiveWorkload(t.Context(), a.actor(), kept.Workload.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	if text := textOf(b.get("/").page.Find("h1")); text != "No workload yet" {
		t.Errorf("with every workload archived the page says %q", text)
	}
}

func TestPortfolioHasATableAQuestionnaire(t *testing.T) {
	a := newApp(t)
	a.newAssessment("Claims")
	other := a.otherQuestionnaire()
	actor := a.actor()
	workload := assessment.Workload{Name: "Batch", Team: actor.Memberships[0].Team.ID}
	if _, err := a.store.CreateWorkload(t.Context(), actor, workload, other.SHA256, nil); err != nil {
		t.Fatal(err)
	}
	page := a.signedIn().get("/?sort=speed").page
	if got := textsOf(page.Find("h2")); !slices.Equal(got, []string{"Azure AI workload", "Other"}) {
		t.Errorf("got tables %q", got)
	}
	if got := page.Find("table.heat").Last().Find("tbody td.cell").Length(); got != 1 {
		t.Errorf("the second table has %d pillars, want 1", got)
	}
}

// otherQuestionnaire stores a second, small questionnaire with the one pillar speed.
func (a *app) otherQuestionnaire() assessment.QuestionnaireRef {
	a.t.Helper()
	practice := assessment.Practice{ID: "s.p1", Title: "It is fast.", Risk: assessment.High, Weight: 5, Effort: assessment.EffortS}
	question := assessment.Question{ID: "s.q1", Title: "Is it fast?", Weight: 1, Practices: []assessment.Practice{practice}}
	principle := assessment.Principle{ID: "s-1", Title: "Be fast", Weight: 1, Questions: []assessment.Question{question}}
	ref, err := a.store.SaveQuestionnaire(context.Background(), &assessment.Questionnaire{ID: "other", Version: "1.0.0", Title: "Other",
		Bands:   []assessment.Band{{ID: "low", Title: "Low"}, {ID: "fine", Title: "Fine", From: 50}},
		Pillars: []assessment.Pillar{{ID: "speed", Title: "Speed", Principles: []assessment.Principle{principle}}}})
	if err != nil {
		a.t.Fatal(err)
	}
	return ref
}

func TestPortfolioLiveSearchNamesItsAddress(t *testing.T) {
	a := newApp(t)
	a.newAssessment("Claims")
	got := a.signedIn().do(http.MethodGet, "/?q=claims&tag=&owner=", nil, http.Header{"Hx-Request": {"true"}})
	if address := got.header.Get("HX-Replace-Url"); address != "/?q=claims" {
		t.Errorf("got address %q", address)
	}
}
