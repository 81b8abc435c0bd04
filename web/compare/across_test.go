package compare_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/templates"
	portfolioview "plumbline/templates/portfolio"
	"plumbline/web/webtest"
)

// twoWorkloads are two reviewed workloads of one team, with a snapshot each.
type twoWorkloads struct {
	*webtest.Company
	triage, fraud assessment.Assessment
	before, after assessment.SnapshotInfo
	across        string // address of the comparison
}

func newTwoWorkloads(t *testing.T) twoWorkloads {
	c := webtest.NewCompany(t)
	two := twoWorkloads{Company: c, triage: c.NewAssessment("Claims intake"), fraud: c.NewAssessment("Fraud scoring")}
	c.AnswerAll(two.triage.ID, webtest.Cycle)
	c.AnswerAll(two.fraud.ID, func(i int) assessment.Status { return webtest.Cycle(i + 1) })
	two.before, two.after = c.Snapshot(two.triage.ID, "Design review"), c.Snapshot(two.fraud.ID, "Before launch")
	two.across = templates.CompareTwoURL(two.fraud.ID, two.before.ID, two.after.ID)
	return two
}

// TestCompareAcrossOffersTheTeam lists the snapshots of the team's other workloads to leads, and to nobody else.
func TestCompareAcrossOffersTheTeam(t *testing.T) {
	c := newTwoWorkloads(t)
	for kind, want := range map[int][]string{
		webtest.Architect: nil,
		webtest.Lead:      {"Fraud scoring, this workload", "Claims intake", "Claims triage"},
		webtest.Admin:     {"Fraud scoring, this workload", "Claims intake", "Claims triage"},
	} {
		page := c.Browsers[kind].Get(templates.CompareTwoURL(c.fraud.ID, c.after.ID, "now")).Page
		for _, side := range []string{"#before", "#after"} {
			got := attributes(page.Find(side+" optgroup"), "label")
			slices.Sort(got)
			expected := slices.Clone(want)
			slices.Sort(expected)
			if len(got) != len(want) || len(got) > 0 && got[0] != expected[0] {
				t.Errorf("%s, %s: groups %q, want %q", webtest.KindNames[kind], side, got, want)
			}
		}
		if says := page.Find("main").Text(); strings.Contains(says, "Only a lead of this team can compare workloads") != (want == nil) {
			t.Errorf("%s: the page says why not: %t, want %t", webtest.KindNames[kind], want != nil, want == nil)
		}
	}
	page := c.Browsers[webtest.Lead].Get(c.across).Page
	if got := page.Find("#before optgroup option[selected]"); got.Length() != 1 || got.AttrOr("value", "") != c.before.ID ||
		got.Parent().AttrOr("label", "") != "Claims intake" {
		t.Errorf("before is %q of %q", got.Text(), got.Parent().AttrOr("label", ""))
	}
}

func attributes(found *goquery.Selection, name string) []string {
	var all []string
	found.Each(func(_ int, one *goquery.Selection) { all = append(all, one.AttrOr(name, "")) })
	return all
}

// TestCompareAcrossIsBoundedAndToldApart offers the newest snapshots of each workload, the newest workload first; two of
// one name have their environments beside it.
func TestCompareAcrossIsBoundedAndToldApart(t *testing.T) {
	c := newTwoWorkloads(t)
	for i := range 12 {
		c.Snapshot(c.triage.ID, fmt.Sprintf("Review %d", i+1))
	}
	for _, environment := range []string{"test", "production", "production"} {
		made, err := c.Store.CreateWorkload(t.Context(), c.Actor(), assessment.Workload{Team: c.triage.Workload.Team, Name: "Search", Environment: environment},
			c.triage.Questionnaire.SHA256, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.Snapshot(made.ID, "Only one")
	}
	page := c.SignedInAs(c.People[webtest.Lead].User).Get(templates.CompareTwoURL(c.fraud.ID, c.after.ID, "now")).Page
	groups := attributes(page.Find("#before optgroup"), "label")
	for i, want := range []string{"Fraud scoring, this workload", "Search, production, ", "Search, production, ", "Search, test", "Claims intake"} {
		if i >= len(groups) || !strings.HasPrefix(groups[i], want) {
			t.Errorf("group %d of %q, want %q", i, groups, want)
		}
	}
	if groups[1] == groups[2] {
		t.Errorf("two workloads are both called %q", groups[1])
	}
	options := page.Find(`#before optgroup[label="Claims intake"] option`)
	if n, first := options.Length(), options.First().Text(); n != 8 || !strings.HasPrefix(first, "Review 12, ") {
		t.Errorf("%d snapshots of one workload, the first %q", n, first)
	}
	older := c.SignedInAs(c.People[webtest.Lead].User).Get(templates.CompareTwoURL(c.fraud.ID, c.before.ID, c.after.ID)).Page
	if got := older.Find("#before option[selected]"); got.AttrOr("value", "") != c.before.ID || got.Parent().AttrOr("label", "") != "Claims intake" {
		t.Errorf("one that is too old to be offered is shown as %q", got.Text())
	}
}

// TestCompareAcrossWords reads every part of the page: it says which workload is which, and nothing of time.
func TestCompareAcrossWords(t *testing.T) {
	c := newTwoWorkloads(t)
	got := c.Browsers[webtest.Lead].Get(c.across)
	if got.Status != http.StatusOK {
		t.Fatalf("status %d", got.Status)
	}
	checkWaterfall(t, got.Page)
	for part, want := range map[string]string{
		"h1":                             "Claims intake (before) and Fraud scoring (after)",
		".title p":                       "points higher",
		"#pillars-h + p":                 "Confirmed score of Claims intake (open) and of Fraud scoring (filled)",
		"#why-h":                         "Where the difference comes from",
		"#improved-h":                    "Better in Fraud scoring",
		"#regressed-h":                   "Better in Claims intake",
		"#answered-h":                    "Answered in Fraud scoring only",
		"#scope-h":                       "Applies to only one of them",
		"#tradeoffs-h":                   "Tradeoffs in another state",
		"#decisions-h":                   "Decisions that differ",
		"#content-h":                     "Differences between the questionnaires",
		".waterfall tr.total":            "Claims intake: Design review",
		".waterfall":                     "apply before only",
		"form[action$=compare] .label":   "Two workloads",
		"section[aria-labelledby=why-h]": "Fraud scoring is higher",
		"figure figcaption":              "Gray line: Claims intake",
		"section#content":                "Both have the same practices",
		"section[aria-labelledby=pillars-h] thead": "Gap",
	} {
		if text := strings.Join(strings.Fields(got.Page.Find(part).Text()), " "); !strings.Contains(text, want) {
			t.Errorf("%s says %q, want %q in it", part, text, want)
		}
	}
	main := strings.ToLower(got.Page.Find("h1, h2, .title p, .section header p, .meta, .label, thead, figcaption, .snap-note, .waterfall th").Text())
	for _, word := range []string{"improved", "regressed", "changed", "what it can still become", "rise", "fall.", "withdrawn", "newly", " up,", "since"} {
		if strings.Contains(main, word) {
			t.Errorf("the page says %q", word)
		}
	}
}

// TestCompareAcrossDecisions shows what both teams settled, side by side.
func TestCompareAcrossDecisions(t *testing.T) {
	c := newTwoWorkloads(t)
	for _, one := range []assessment.Assessment{c.triage, c.fraud} {
		c.AnswerAll(one.ID, func(int) assessment.Status { return assessment.Absent })
	}
	tradeoffs := c.State(c.triage.ID).Model.Questionnaire().Tradeoffs
	decide := func(in assessment.Assessment, tradeoff, rationale string) {
		d := assessment.Decision{Tradeoff: tradeoff, Choice: assessment.Accept, Rationale: rationale, Owner: "Mei", Date: "2026-11-01"}
		if _, err := c.Store.SaveDecision(t.Context(), c.Actor(), in.ID, d); err != nil {
			t.Fatal(err)
		}
	}
	decide(c.triage, tradeoffs[0].ID, "It is cheap")
	decide(c.fraud, tradeoffs[0].ID, "It is fast")
	decide(c.triage, tradeoffs[1].ID, "One")
	decide(c.fraud, tradeoffs[2].ID, "Two")
	before, after := c.Snapshot(c.triage.ID, "A"), c.Snapshot(c.fraud.ID, "B")
	text := strings.Join(strings.Fields(c.Browsers[webtest.Lead].Get(templates.CompareTwoURL(c.fraud.ID, before.ID, after.ID)).Page.
		Find("[aria-labelledby=decisions-h]").Text()), " ")
	for _, want := range []string{"Different: " + tradeoffs[0].Title, "Rationale: Claims intake: It is cheap – Fraud scoring: It is fast",
		"Only in Claims intake: " + tradeoffs[1].Title, "Only in Fraud scoring: " + tradeoffs[2].Title} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
}

// TestCompareAcrossQuestionnaires explains what two questionnaires with some practices in common mean, and refuses two
// that have none.
func TestCompareAcrossQuestionnaires(t *testing.T) {
	c := newTwoWorkloads(t)
	b := c.Browsers[webtest.Lead]
	review := func(id string, change func(i int, p *assessment.Practice)) assessment.SnapshotInfo {
		q, err := content.Builtin()
		if err != nil {
			t.Fatal(err)
		}
		q.ID, q.Title, q.Tradeoffs = id, "Questionnaire "+id, nil
		i := 0
		for practice := range q.Practices() {
			change(i, practice)
			i++
		}
		ref, err := c.Store.SaveQuestionnaire(t.Context(), access.Actor{}, q)
		if err != nil {
			t.Fatal(err)
		}
		made, err := c.Store.CreateWorkload(t.Context(), c.Actor(), assessment.Workload{Team: c.triage.Workload.Team, Name: "Reviewed with " + id}, ref.SHA256, nil)
		if err != nil {
			t.Fatal(err)
		}
		return c.Snapshot(made.ID, "First")
	}
	half := review("half", func(i int, p *assessment.Practice) {
		if i%2 == 0 {
			p.ID = fmt.Sprintf("other.%d", i)
		}
	})
	none := review("none", func(i int, p *assessment.Practice) { p.ID = fmt.Sprintf("foreign.%d", i) })

	got := b.Get(templates.CompareTwoURL(c.fraud.ID, half.ID, c.after.ID))
	checkWaterfall(t, got.Page)
	if note := got.Page.Find("#compare-note").Text(); !strings.Contains(note, "different questionnaires, Questionnaire half and") ||
		!strings.Contains(note, "the same ID in both") {
		t.Errorf("the note says %q", note)
	}
	if label := got.Page.Find("#before option[selected]").Text(); !strings.Contains(label, "reviewed with Questionnaire half") {
		t.Errorf("the option says %q", label)
	}
	refused := b.Get(templates.CompareTwoURL(c.fraud.ID, none.ID, c.after.ID))
	webtest.Want(t, "nothing in common", refused, http.StatusUnprocessableEntity, "main", "no practice in common")
	form := url.Values{"before": {none.ID}}
	webtest.Want(t, "a report of that", b.Post(templates.MakeReportURL(c.after.ID), form), http.StatusUnprocessableEntity, "main", "no practice in common")
}

// TestCompareAcrossPDF draws the report for a lead, and not for others.
func TestCompareAcrossPDF(t *testing.T) {
	c := newTwoWorkloads(t)
	form, address := url.Values{"before": {c.before.ID}}, templates.MakeReportURL(c.after.ID)
	if got := c.Browsers[webtest.Architect].Post(address, form); got.Status != http.StatusForbidden {
		t.Errorf("an architect: status %d, want 403", got.Status)
	}
	made := c.Browsers[webtest.Lead].Post(address, form)
	if made.Status != http.StatusSeeOther {
		t.Fatalf("a lead: status %d", made.Status)
	}
	got := c.Browsers[webtest.Lead].Get(made.Header.Get("Location"))
	name := got.Header.Get("Content-Disposition")
	if got.Status != http.StatusOK || !strings.HasPrefix(got.Body, "%PDF-") || !strings.Contains(name, "Claims intake and Fraud scoring") {
		t.Errorf("status %d, file %q", got.Status, name)
	}
}

// TestComparePickedInPortfolio ticks workloads in the portfolio.
func TestComparePickedInPortfolio(t *testing.T) {
	c := newTwoWorkloads(t)
	c.NewAssessment("Without a snapshot")
	foreign := c.OtherTeam("Somebody else's")
	bare := c.NewAssessment("Bare")
	barer := c.NewAssessment("Barer")
	pick := func(ids ...string) string {
		return "/?" + url.Values{portfolioview.ParamPick: ids, portfolioview.ParamCompare: {"1"}, templates.ParamSearch: {""}}.Encode()
	}
	for name, kind := range map[string]int{"architect": webtest.Architect, "lead": webtest.Lead} {
		page := c.Browsers[kind].Get("/").Page
		if boxes := page.Find("input[name=pick][form=compare-picked]").Length(); (boxes > 0) != (kind == webtest.Lead) || (page.Find("#compare-picked").Length() > 0) != (kind == webtest.Lead) {
			t.Errorf("%s: %d rows can be selected", name, boxes)
		}
	}
	for name, tt := range map[string]struct {
		kind int
		path string
		to   string // empty: refused
		says string
	}{
		"two":                  {webtest.Lead, pick(c.fraud.ID, c.triage.ID), c.across, ""},
		"one without snapshot": {webtest.Lead, pick(bare.ID, c.fraud.ID), templates.CompareTwoURL(bare.ID, c.after.ID, "now"), ""},
		"neither has one":      {webtest.Lead, pick(bare.ID, barer.ID), "", "Neither “Bare” nor “Barer” has a snapshot yet"},
		"none":                 {webtest.Lead, pick(), "", "none is selected"},
		"one":                  {webtest.Lead, pick(c.fraud.ID), "", "1 is selected"},
		"three":                {webtest.Lead, pick(c.fraud.ID, c.triage.ID, bare.ID), "", "3 are selected"},
		"an unknown one":       {webtest.Lead, pick(c.fraud.ID, "'; DROP TABLE workload"), "", "1 is selected"},
		"one of another team":  {webtest.Lead, pick(c.fraud.ID, foreign.ID), "", "1 is selected"},
		"two teams":            {webtest.Admin, pick(c.fraud.ID, foreign.ID), "", "belong to different teams"},
		"an architect":         {webtest.Architect, pick(c.fraud.ID, c.triage.ID), "", "Only a lead of this team can compare"},
	} {
		before := c.Contents()
		got := c.Browsers[tt.kind].Get(tt.path)
		if tt.to != "" {
			if to := got.Header.Get("Location"); got.Status != http.StatusSeeOther || to != tt.to {
				t.Errorf("%s: status %d to %q, want %q", name, got.Status, to, tt.to)
			}
		} else if text := got.Page.Find("main").Text(); got.Status != http.StatusUnprocessableEntity || tt.kind != webtest.Architect && !strings.Contains(text, tt.says) {
			t.Errorf("%s: status %d, want 422 and %q", name, got.Status, tt.says)
		}
		c.Untouched(before, name)
	}
	kept := c.Browsers[webtest.Lead].Get(pick(c.fraud.ID, c.triage.ID, bare.ID) + "&sort=overall").Page
	if n := kept.Find("input[name=pick][checked]").Length(); n != 3 || kept.Find("#compare-picked input[name=sort]").AttrOr("value", "") != "overall" {
		t.Errorf("%d ticks and the order are kept", n)
	}
}
