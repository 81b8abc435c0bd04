package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/templates"
)

// twoWorkloads are two reviewed workloads of one team, with a snapshot each.
type twoWorkloads struct {
	*company
	triage, fraud assessment.Assessment
	before, after assessment.SnapshotInfo
	across        string // address of the comparison
}

func newTwoWorkloads(t *testing.T) twoWorkloads {
	c := newCompany(t)
	two := twoWorkloads{company: c, triage: c.newAssessment("Claims intake"), fraud: c.newAssessment("Fraud scoring")}
	c.answerAll(two.triage.ID, cycle)
	c.answerAll(two.fraud.ID, func(i int) assessment.Status { return cycle(i + 1) })
	two.before, two.after = c.snapshot(two.triage.ID, "Design review"), c.snapshot(two.fraud.ID, "Before launch")
	two.across = templates.CompareTwoURL(two.fraud.ID, two.before.ID, two.after.ID)
	return two
}

// TestCompareAcrossOffersTheTeam lists the snapshots of the team's other workloads to leads, and to nobody else.
func TestCompareAcrossOffersTheTeam(t *testing.T) {
	c := newTwoWorkloads(t)
	for kind, want := range map[int][]string{
		architect: nil,
		lead:      {"Fraud scoring, this workload", "Claims intake", "Claims triage"},
		admin:     {"Fraud scoring, this workload", "Claims intake", "Claims triage"},
	} {
		page := c.browsers[kind].get(templates.CompareTwoURL(c.fraud.ID, c.after.ID, "now")).page
		for _, side := range []string{"#before", "#after"} {
			got := attributes(page.Find(side+" optgroup"), "label")
			slices.Sort(got)
			expected := slices.Clone(want)
			slices.Sort(expected)
			if len(got) != len(want) || len(got) > 0 && got[0] != expected[0] {
				t.Errorf("%s, %s: groups %q, want %q", kindNames[kind], side, got, want)
			}
		}
		if says := page.Find("main").Text(); strings.Contains(says, "Only a lead of this team may compare workloads") != (want == nil) {
			t.Errorf("%s: the page says why not: %t, want %t", kindNames[kind], want != nil, want == nil)
		}
	}
	page := c.browsers[lead].get(c.across).page
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
		c.snapshot(c.triage.ID, fmt.Sprintf("Review %d", i+1))
	}
	for _, environment := range []string{"test", "production", "production"} {
		made, err := c.store.CreateWorkload(t.Context(), c.actor(), assessment.Workload{Team: c.triage.Workload.Team, Name: "Search", Environment: environment},
			c.triage.Questionnaire.SHA256, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.snapshot(made.ID, "Only one")
	}
	page := c.signedInAs(c.people[lead].User).get(templates.CompareTwoURL(c.fraud.ID, c.after.ID, "now")).page
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
	older := c.signedInAs(c.people[lead].User).get(templates.CompareTwoURL(c.fraud.ID, c.before.ID, c.after.ID)).page
	if got := older.Find("#before option[selected]"); got.AttrOr("value", "") != c.before.ID || got.Parent().AttrOr("label", "") != "Claims intake" {
		t.Errorf("one that is too old to be offered is shown as %q", got.Text())
	}
}

// TestCompareAcrossWords reads every part of the page: it says which workload is which, and nothing of time.
func TestCompareAcrossWords(t *testing.T) {
	c := newTwoWorkloads(t)
	got := c.browsers[lead].get(c.across)
	if got.status != http.StatusOK {
		t.Fatalf("status %d", got.status)
	}
	checkWaterfall(t, got.page)
	for part, want := range map[string]string{
		"h1":                             "Claims intake (before) and Fraud scoring (after)",
		".title p":                       "points higher",
		"#pillars-h + p":                 "Low score of Claims intake (open) and of Fraud scoring (filled)",
		"#why-h":                         "Where the difference comes from",
		"#improved-h":                    "Better in Fraud scoring",
		"#regressed-h":                   "Better in Claims intake",
		"#answered-h":                    "Answered in Fraud scoring only",
		"#scope-h":                       "Applies to one of them only",
		"#tradeoffs-h":                   "Tradeoffs in another state",
		"#decisions-h":                   "Decisions that differ",
		"#content-h":                     "What is asked differently",
		".waterfall tr.total":            "Claims intake: Design review",
		".waterfall":                     "apply before only",
		"form[action$=compare] .label":   "Two workloads",
		"section[aria-labelledby=why-h]": "Fraud scoring is higher",
		"figure figcaption":              "Grey line: Claims intake",
		"section#content":                "Both were asked the same",
		"section[aria-labelledby=pillars-h] thead": "Gap",
	} {
		if text := strings.Join(strings.Fields(got.page.Find(part).Text()), " "); !strings.Contains(text, want) {
			t.Errorf("%s says %q, want %q in it", part, text, want)
		}
	}
	main := strings.ToLower(got.page.Find("h1, h2, .title p, .section header p, .meta, .label, thead, figcaption, .snap-note, .waterfall th").Text())
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
		c.answerAll(one.ID, func(int) assessment.Status { return assessment.Absent })
	}
	tradeoffs := c.state(c.triage.ID).Model.Questionnaire().Tradeoffs
	decide := func(in assessment.Assessment, tradeoff, rationale string) {
		d := assessment.Decision{Tradeoff: tradeoff, Choice: assessment.Accept, Rationale: rationale, Owner: "Mei", Date: "2026-11-01"}
		if _, err := c.store.SaveDecision(t.Context(), c.actor(), in.ID, d); err != nil {
			t.Fatal(err)
		}
	}
	decide(c.triage, tradeoffs[0].ID, "It is cheap")
	decide(c.fraud, tradeoffs[0].ID, "It is fast")
	decide(c.triage, tradeoffs[1].ID, "One")
	decide(c.fraud, tradeoffs[2].ID, "Two")
	before, after := c.snapshot(c.triage.ID, "A"), c.snapshot(c.fraud.ID, "B")
	text := strings.Join(strings.Fields(c.browsers[lead].get(templates.CompareTwoURL(c.fraud.ID, before.ID, after.ID)).page.
		Find("[aria-labelledby=decisions-h]").Text()), " ")
	for _, want := range []string{"Another one: " + tradeoffs[0].Title, "Rationale: Claims intake: It is cheap – Fraud scoring: It is fast",
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
	b := c.browsers[lead]
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
		ref, err := c.store.SaveQuestionnaire(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		made, err := c.store.CreateWorkload(t.Context(), c.actor(), assessment.Workload{Team: c.triage.Workload.Team, Name: "Reviewed with " + id}, ref.SHA256, nil)
		if err != nil {
			t.Fatal(err)
		}
		return c.snapshot(made.ID, "First")
	}
	half := review("half", func(i int, p *assessment.Practice) {
		if i%2 == 0 {
			p.ID = fmt.Sprintf("other.%d", i)
		}
	})
	none := review("none", func(i int, p *assessment.Practice) { p.ID = fmt.Sprintf("foreign.%d", i) })

	got := b.get(templates.CompareTwoURL(c.fraud.ID, half.ID, c.after.ID))
	checkWaterfall(t, got.page)
	if note := got.page.Find("#compare-note").Text(); !strings.Contains(note, "different questionnaires, Questionnaire half and") ||
		!strings.Contains(note, "the same id in both") {
		t.Errorf("the note says %q", note)
	}
	if label := got.page.Find("#before option[selected]").Text(); !strings.Contains(label, "reviewed with Questionnaire half") {
		t.Errorf("the option says %q", label)
	}
	refused := b.get(templates.CompareTwoURL(c.fraud.ID, none.ID, c.after.ID))
	want(t, "nothing in common", refused, http.StatusUnprocessableEntity, "main", "no practice in common")
	form := url.Values{"before": {none.ID}}
	want(t, "a report of that", b.post(templates.MakeReportURL(c.after.ID), form), http.StatusUnprocessableEntity, "main", "no practice in common")
}

// TestCompareAcrossPDF draws the report for a lead, and not for others.
func TestCompareAcrossPDF(t *testing.T) {
	c := newTwoWorkloads(t)
	form, address := url.Values{"before": {c.before.ID}}, templates.MakeReportURL(c.after.ID)
	if got := c.browsers[architect].post(address, form); got.status != http.StatusForbidden {
		t.Errorf("an architect: status %d, want 403", got.status)
	}
	made := c.browsers[lead].post(address, form)
	if made.status != http.StatusSeeOther {
		t.Fatalf("a lead: status %d", made.status)
	}
	got := c.browsers[lead].get(made.header.Get("Location"))
	name := got.header.Get("Content-Disposition")
	if got.status != http.StatusOK || !strings.HasPrefix(got.body, "%PDF-") || !strings.Contains(name, "Claims intake and Fraud scoring") {
		t.Errorf("status %d, file %q", got.status, name)
	}
}

// TestComparePickedInPortfolio ticks workloads in the portfolio.
func TestComparePickedInPortfolio(t *testing.T) {
	c := newTwoWorkloads(t)
	c.newAssessment("Without a snapshot")
	foreign := c.otherTeam("Somebody else's")
	bare := c.newAssessment("Bare")
	barer := c.newAssessment("Barer")
	pick := func(ids ...string) string {
		return "/?" + url.Values{templates.ParamPick: ids, templates.ParamCompare: {"1"}, templates.ParamSearch: {""}}.Encode()
	}
	for name, kind := range map[string]int{"architect": architect, "lead": lead} {
		page := c.browsers[kind].get("/").page
		if boxes := page.Find("input[name=pick][form=compare-picked]").Length(); (boxes > 0) != (kind == lead) || (page.Find("#compare-picked").Length() > 0) != (kind == lead) {
			t.Errorf("%s: %d rows can be ticked", name, boxes)
		}
	}
	for name, tt := range map[string]struct {
		kind int
		path string
		to   string // empty: refused
		says string
	}{
		"two":                  {lead, pick(c.fraud.ID, c.triage.ID), c.across, ""},
		"one without snapshot": {lead, pick(bare.ID, c.fraud.ID), templates.CompareTwoURL(bare.ID, c.after.ID, "now"), ""},
		"neither has one":      {lead, pick(bare.ID, barer.ID), "", "Neither “Bare” nor “Barer” has a snapshot yet"},
		"none":                 {lead, pick(), "", "none is ticked"},
		"one":                  {lead, pick(c.fraud.ID), "", "1 is ticked"},
		"three":                {lead, pick(c.fraud.ID, c.triage.ID, bare.ID), "", "3 are ticked"},
		"an unknown one":       {lead, pick(c.fraud.ID, "'; DROP TABLE workload"), "", "1 is ticked"},
		"one of another team":  {lead, pick(c.fraud.ID, foreign.ID), "", "1 is ticked"},
		"two teams":            {admin, pick(c.fraud.ID, foreign.ID), "", "belong to two teams"},
		"an architect":         {architect, pick(c.fraud.ID, c.triage.ID), "", "Only a lead of this team may compare"},
	} {
		before := c.contents()
		got := c.browsers[tt.kind].get(tt.path)
		if tt.to != "" {
			if to := got.header.Get("Location"); got.status != http.StatusSeeOther || to != tt.to {
				t.Errorf("%s: status %d to %q, want %q", name, got.status, to, tt.to)
			}
		} else if text := got.page.Find("main").Text(); got.status != http.StatusUnprocessableEntity || tt.kind != architect && !strings.Contains(text, tt.says) {
			t.Errorf("%s: status %d, want 422 and %q", name, got.status, tt.says)
		}
		c.untouched(before, name)
	}
	kept := c.browsers[lead].get(pick(c.fraud.ID, c.triage.ID, bare.ID) + "&sort=overall").page
	if n := kept.Find("input[name=pick][checked]").Length(); n != 3 || kept.Find("#compare-picked input[name=sort]").AttrOr("value", "") != "overall" {
		t.Errorf("%d ticks and the order are kept", n)
	}
}
