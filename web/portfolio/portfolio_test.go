package portfolio_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/portfolio"
	"plumbline/web/webtest"
)

func TestPortfolioEmpty(t *testing.T) {
	got := webtest.NewApp(t).SignedIn().Get("/")
	if got.Status != http.StatusOK || webtest.TextOf(got.Page.Find("h1")) != "No workloads yet" {
		t.Errorf("got %d %q", got.Status, webtest.TextOf(got.Page.Find("h1")))
	}
	if href, _ := got.Page.Find("main .btn-main").Attr("href"); href != "/workloads/new" {
		t.Errorf("the button leads to %q", href)
	}
}

func TestPortfolioRow(t *testing.T) {
	a := webtest.NewApp(t)
	first := a.Reviewed(assessment.Workload{Name: "Claims", Owner: "Mei", Environment: "Pilot", Tags: []string{"a", "b", "c", "d"}}, 60, assessment.Absent)
	a.Reviewed(assessment.Workload{Name: "Voice"}, 0, assessment.Unanswered)
	if _, err := a.Store.TakeSnapshot(t.Context(), a.Actor(), first.ID, "First", ""); err != nil {
		t.Fatal(err)
	}
	current, err := a.Store.Current(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	page := a.SignedIn().Get("/").Page

	row := page.Find("table.heat tbody tr").First()
	if href, _ := row.Find("a.row").Attr("href"); href != "/assessments/"+first.ID {
		t.Errorf("the name leads to %q", href)
	}
	if got := webtest.TextsOf(row.Find("th .meta span")); !slices.Equal(got, []string{"Mei", "Pilot", "a", "b", "c", "1 more"}) {
		t.Errorf("got about %q", got)
	}
	pillar := current.Result.Pillars[0]
	cell := row.Find("td.cell").First()
	if got := webtest.TextOf(cell); !strings.HasPrefix(got, strconv.Itoa(assessment.Round(pillar.Low))) || !strings.HasSuffix(got, words.Of(pillar.Answered, pillar.Applicable)+" answered") {
		t.Errorf("the cell says %q", got)
	}
	if href := cell.Find("a").AttrOr("href", ""); href != templates.WorksheetURL(first.ID, url.Values{"pillar": {pillar.ID}}) {
		t.Errorf("the cell leads to %q", href)
	}
	if got := webtest.TextOf(row.Find("td").Last()); got != "14:30 Ines Okafor" {
		t.Errorf("changed: got %q", got)
	}
	if got := webtest.TextOf(page.Find(".filtered [role=status]")); got != "2 workloads" {
		t.Errorf("count: got %q", got)
	}
	idle := page.Find("table.heat tbody tr").Last()
	if got := webtest.TextOf(idle.Find("td.cell").First()); got != "–not assessed" && got != "– not assessed" {
		t.Errorf("a workload without answers shows %q", got)
	}
	if got := webtest.TextOf(idle.Find("td").Last()); got != "not started" {
		t.Errorf("a workload without answers changed %q", got)
	}
}

// TestHeatOfWhatIsNotKnown: less than half answered has no color, and more answers make it stronger.
func TestHeatOfWhatIsNotKnown(t *testing.T) {
	bands := templates.Bands{{ID: "critical", Title: "Critical"}, {ID: "moderate", Title: "Moderate", From: 33}, {ID: "excellent", Title: "Excellent", From: 67}}
	for answered, want := range map[int]string{0: "", 9: "", 10: "b-poor k-1", 15: "b-poor k-2", 20: "b-poor k-3"} {
		score := assessment.Score{Range: assessment.Range{Low: 10, High: 90, Applicable: true}, Band: "critical", BandHigh: "excellent", Answered: answered, Applicable: 20}
		if got := view.Heat(bands, score, true, "/").Shade; got != want {
			t.Errorf("%d of 20 answered: %q, want %q", answered, got, want)
		}
	}
}

func TestPortfolioFilters(t *testing.T) {
	a := webtest.NewApp(t)
	a.Reviewed(assessment.Workload{Name: "Claims triage", Owner: "Mei Tanaka", Environment: "production", Tags: []string{"rag", "public"}}, 90, assessment.Absent)
	a.Reviewed(assessment.Workload{Name: "Voice intake", Owner: "Tomás", Environment: "pilot", Tags: []string{"voice"}, Description: "Answers the telephone"}, 20, assessment.Absent)
	a.Reviewed(assessment.Workload{Name: "Ärzte 🩺 <b>", Owner: "Mei Tanaka"}, 0, assessment.Unanswered)
	b := a.SignedIn()
	tests := []struct {
		query string
		want  []string
		count string
	}{
		{"", []string{"Ärzte 🩺 <b>", "Claims triage", "Voice intake"}, "3 workloads"},
		{"q=CLAIMS", []string{"Claims triage"}, "1 of 3 workloads"},
		{"q=tanaka", []string{"Ärzte 🩺 <b>", "Claims triage"}, "2 of 3 workloads"},
		{"q=telephone+pilot", []string{"Voice intake"}, "1 of 3 workloads"},
		{"q=telephone+production", nil, "0 of 3 workloads"},
		{"q=ärzte", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"q=A%CC%88RZTE", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"}, // decomposed
		{"q=%F0%9F%A9%BA", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"q=%3Cb%3E", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"q=%25", nil, "0 of 3 workloads"},
		{"q='+OR+1=1--", nil, "0 of 3 workloads"},
		{"tag=rag", []string{"Claims triage"}, "1 of 3 workloads"},
		{"tag=ra", nil, "0 of 3 workloads"},
		{"owner=Mei+Tanaka", []string{"Ärzte 🩺 <b>", "Claims triage"}, "2 of 3 workloads"},
		{"owner=Mei+Tanaka&environment=production", []string{"Claims triage"}, "1 of 3 workloads"},
		{"band=excellent", []string{"Claims triage"}, "1 of 3 workloads"},
		{"band=critical", []string{"Voice intake"}, "1 of 3 workloads"},
		{"band=%28none%29", []string{"Ärzte 🩺 <b>"}, "1 of 3 workloads"},
		{"band=unheard", nil, "0 of 3 workloads"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			got := b.Get("/?" + strings.ReplaceAll(tt.query, "ä", "%C3%A4"))
			if names := webtest.RowNames(got.Page); got.Status != http.StatusOK || !slices.Equal(names, tt.want) {
				t.Errorf("got %d %q, want %q", got.Status, names, tt.want)
			}
			if count := webtest.TextOf(got.Page.Find("#portfolio .filtered [role=status]")); count != tt.count {
				t.Errorf("got count %q, want %q", count, tt.count)
			}
			if len(tt.want) == 0 && !strings.Contains(webtest.TextOf(got.Page.Find("#portfolio")), "No matching workloads") {
				t.Error("an empty list does not say so")
			}
		})
	}
}

func TestPortfolioFiltersCanBeCleared(t *testing.T) {
	a := webtest.NewApp(t)
	a.Reviewed(assessment.Workload{Name: "Claims", Tags: []string{"rag"}}, 50, assessment.Absent)
	page := a.SignedIn().Get("/?q=claims&tag=rag&sort=overall&order=desc").Page

	links := map[string]string{}
	page.Find(".active a").Each(func(_ int, link *goquery.Selection) { links[webtest.TextOf(link)] = link.AttrOr("href", "") })
	want := map[string]string{
		"“claims” ×":    "/?order=desc&sort=overall&tag=rag",
		"Tag rag ×":     "/?order=desc&q=claims&sort=overall",
		"Clear filters": "/?order=desc&sort=overall",
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
	a := webtest.NewApp(t)
	a.Reviewed(assessment.Workload{Name: "beta"}, 80, assessment.Absent)
	a.Advance(time.Minute)
	a.Reviewed(assessment.Workload{Name: "Alpha"}, 20, assessment.Absent)
	a.Advance(time.Minute)
	a.Reviewed(assessment.Workload{Name: "Gamma"}, 0, assessment.Unanswered)
	b := a.SignedIn()
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
		{"sort=decisions&order=asc", "", "Open decisions", "ascending"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			got := b.Get("/?" + tt.query)
			if names := strings.Join(webtest.RowNames(got.Page), " "); tt.want != "" && names != tt.want {
				t.Errorf("got %q, want %q", names, tt.want)
			}
			head := got.Page.Find("th[aria-sort]")
			if head.Length() != 1 || webtest.TextOf(head) != tt.head || head.AttrOr("aria-sort", "") != tt.order {
				t.Errorf("got head %q %q, want %q %q", webtest.TextOf(head), head.AttrOr("aria-sort", ""), tt.head, tt.order)
			}
			turned := b.Get(head.Find("a").AttrOr("href", ""))
			if order := turned.Page.Find("th[aria-sort]").AttrOr("aria-sort", ""); order == tt.order {
				t.Errorf("the head does not turn the order round: %q", order)
			}
		})
	}
}

func TestPortfolioRefusesUnknownOrders(t *testing.T) {
	a := webtest.NewApp(t)
	a.NewAssessment("Claims")
	b := a.SignedIn()
	for _, query := range []string{"sort=luck", "sort=1%3BDROP+TABLE+workload", "sort=%3Cscript%3E", "sort=%00%FF", "sort=" + strings.Repeat("x", 10_000), "order=up", "sort=overall&order=ASC"} {
		got := b.Get("/?" + query)
		if got.Status != http.StatusUnprocessableEntity {
			t.Errorf("%.40s: status %d, want 422", query, got.Status)
		}
		if text := webtest.TextOf(got.Page.Find("main")); !strings.Contains(text, "The portfolio") {
			t.Errorf("%.40s: the page says %q", query, text)
		}
		if href := got.Page.Find("main .btn-main").AttrOr("href", ""); href != "/" {
			t.Errorf("%.40s: the way back leads to %q", query, href)
		}
	}
}

func TestPortfolioKeepsBadSearches(t *testing.T) {
	a := webtest.NewApp(t)
	a.NewAssessment("Claims")
	b := a.SignedIn()
	tests := []struct{ name, typed, want string }{
		{"too long", strings.Repeat("x", 10_000), "10000 characters"},
		{"NUL", "a\x00b", "control character"},
		{"broken", "a\xffb", "UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := b.Get("/?" + url.Values{"q": {tt.typed}}.Encode())
			if got.Status != http.StatusUnprocessableEntity {
				t.Errorf("status %d, want 422", got.Status)
			}
			if text := webtest.TextOf(got.Page.Find("#q-error")); !strings.Contains(text, "The search") || !strings.Contains(text, tt.want) {
				t.Errorf("the message is %q", text)
			}
			if value := got.Page.Find("#q").AttrOr("value", ""); value == "" {
				t.Error("what was typed is gone")
			}
			if names := webtest.RowNames(got.Page); len(names) != 1 {
				t.Errorf("the list shows %q, want every workload", names)
			}
		})
	}
}

func TestPortfolioArchived(t *testing.T) {
	a := webtest.NewApp(t)
	kept, gone := a.NewAssessment("Kept"), a.NewAssessment("Gone")
	if err := a.Store.ArchiveWorkload(t.Context(), a.Actor(), gone.Workload.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	b := a.SignedIn()
	if got := webtest.RowNames(b.Get("/").Page); !slices.Equal(got, []string{"Kept"}) {
		t.Errorf("in use: got %q", got)
	}
	got := b.Get("/?archived=1")
	if names := webtest.RowNames(got.Page); !slices.Equal(names, []string{"Gone"}) {
		t.Errorf("archived: got %q", names)
	}
	if got.Page.Find("main .btn-main").Length() != 0 {
		t.Error("the archived workloads offer a new one")
	}
	if err := a.Store.ArchiveWorkload(t.Context(), a.Actor(), kept.Workload.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	if text := webtest.TextOf(b.Get("/").Page.Find("h1")); text != "No workloads yet" {
		t.Errorf("with every workload archived the page says %q", text)
	}
}

func TestPortfolioHasATableAQuestionnaire(t *testing.T) {
	a := webtest.NewApp(t)
	a.NewAssessment("Claims")
	other := a.OtherQuestionnaire()
	actor := a.Actor()
	workload := assessment.Workload{Name: "Batch", Team: actor.Memberships[0].Team.ID}
	if _, err := a.Store.CreateWorkload(t.Context(), actor, workload, other.SHA256, nil); err != nil {
		t.Fatal(err)
	}
	page := a.SignedIn().Get("/?sort=speed").Page
	if got := webtest.TextsOf(page.Find("h2")); !slices.Equal(got, []string{"Azure AI workload", "Other"}) {
		t.Errorf("got tables %q", got)
	}
	if got := page.Find("table.heat").Last().Find("tbody td.cell").Length(); got != 2 {
		t.Errorf("the second table has %d cells, want one of its pillar and one overall", got)
	}
}

func TestPortfolioLiveSearchNamesItsAddress(t *testing.T) {
	a := webtest.NewApp(t)
	a.NewAssessment("Claims")
	got := a.SignedIn().Do(http.MethodGet, "/?q=claims&tag=&owner=", nil, http.Header{"Hx-Request": {"true"}})
	if address := got.Header.Get("HX-Replace-Url"); address != "/?q=claims" {
		t.Errorf("got address %q", address)
	}
}
