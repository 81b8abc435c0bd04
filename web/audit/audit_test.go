package audit_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	snapshotsview "plumbline/templates/snapshots"
	"plumbline/web/webtest"
)

// texts returns what stands in each of the elements, with single spaces.
func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, one *goquery.Selection) string { return strings.Join(strings.Fields(one.Text()), " ") })
}

func TestAuditLog(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedInWith(access.Lead)
	started := a.NewAssessment("Claims triage")
	id, practice := started.ID, a.Practices(started.ID)[0]
	a.Answer(id, practice.ID, assessment.Adopted)
	taken := a.Snapshot(id, "Launch")
	b.Post(snapshotsview.ApproveURL(taken.ID), url.Values{})
	b.Post(templates.MakeReportURL(taken.ID), url.Values{})
	reports, err := a.Store.Reports(context.Background(), id)
	if err != nil || len(reports) != 1 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	link := b.Share(reports[0].ID)
	a.Browser().Post(link+"/report", url.Values{})

	page := b.Get(templates.TeamAuditURL(a.Team()))
	if page.Status != http.StatusOK {
		t.Fatalf("status %d", page.Status)
	}
	want := []struct{ who, what, href string }{
		{"Person with the link", "Used a link to download Launch", templates.ShareURL(reports[0].ID)},
		{"Mei Tanaka", "Shared the report Launch", templates.ShareURL(reports[0].ID)},
		{"Mei Tanaka", "Generated the report Launch", templates.ShowReportURL(reports[0].ID)},
		{"Mei Tanaka", "Approved the snapshot Launch", templates.SnapshotURL(taken.ID)},
		{"Ines Okafor", "Created the snapshot Launch", templates.SnapshotURL(taken.ID)},
		{"Ines Okafor", "Answered " + practice.Title, "#p-" + practice.ID},
		{"Ines Okafor", "Started the assessment of Claims triage", templates.AssessmentURL(id)},
	}
	rows := page.Page.Find(".audit > li")
	for i, w := range want {
		cells := rows.Eq(i).Children()
		what := strings.Join(strings.Fields(cells.Eq(2).Text()), " ")
		href := cells.Eq(2).Find("a").First().AttrOr("href", "")
		if strings.TrimSpace(cells.Eq(1).Text()) != w.who || !strings.HasPrefix(what, w.what) || !strings.HasSuffix(href, w.href) {
			t.Errorf("row %d: %q, %q to %q, want %+v", i, cells.Eq(1).Text(), what, href, w)
		}
		if i < 4 && cells.Eq(3).Text() != "From 127.0.0.1" {
			t.Errorf("row %d came from %q", i, cells.Eq(3).Text())
		}
	}
	if about := texts(rows.Eq(5).Find(".words > span")); !slices.Contains(about, "Not answered → Adopted") {
		t.Errorf("the answer is told as %q", about)
	}
	if text := rows.Eq(0).Children().First().Text(); strings.Join(strings.Fields(text), " ") != "23 Nov 2026 14:31:00" {
		t.Errorf("the time is %q", text)
	}
	if strings.Contains(page.Body, "/shared/") {
		t.Error("the log holds the secret of a link")
	}
}

func TestAuditFilters(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	one, two := a.NewAssessment("One"), a.NewAssessment("Two")
	practices := a.Practices(one.ID)
	a.Answer(one.ID, practices[0].ID, assessment.Adopted)
	a.SetClock(a.Now().AddDate(0, 0, 1))
	a.Answer(two.ID, practices[1].ID, assessment.Adopted)
	mei := a.Member(a.Team(), access.Architect)
	a.Saves(mei, two.ID, practices[2].ID, assessment.Answer{Status: assessment.Absent})
	b = a.SignedIn()
	tests := map[string]struct {
		query url.Values
		want  []string // beginnings of the rows
	}{
		"kind":              {url.Values{"kind": {"answers"}}, []string{"Answered " + practices[2].Title, "Answered " + practices[1].Title, "Answered " + practices[0].Title}},
		"kind and person":   {url.Values{"kind": {"answers"}, "person": {mei.User.ID}}, []string{"Answered " + practices[2].Title}},
		"kind and workload": {url.Values{"kind": {"answers"}, "workload": {one.ID}}, []string{"Answered " + practices[0].Title}},
		"subject":           {url.Values{"subject": {practices[1].ID}}, []string{"Answered " + practices[1].Title}},
		"one day":           {url.Values{"kind": {"answers"}, "from": {"2026-11-23"}, "to": {"2026-11-23"}}, []string{"Answered " + practices[0].Title}},
		"from":              {url.Values{"kind": {"answers"}, "from": {" 2026-11-24 "}, "person": {mei.User.ID}}, []string{"Answered " + practices[2].Title}},
		"unknown person":    {url.Values{"person": {"' OR 1=1 --"}}, nil},
		"unknown workload":  {url.Values{"workload": {"x\x00\xff"}}, nil},
		"a future day":      {url.Values{"from": {"9999-12-31"}}, nil},
		"wrong page":        {url.Values{"kind": {"answers"}, "workload": {one.ID}, "before": {"many"}, "after": {"-3"}}, []string{"Answered " + practices[0].Title}},
		"before the first":  {url.Values{"before": {"1"}}, nil},
		"after the last":    {url.Values{"after": {"9223372036854775807"}}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := b.Get(templates.TeamAuditURL(a.Team()) + "?" + test.query.Encode())
			rows := texts(got.Page.Find(".audit-what"))
			if got.Status != http.StatusOK || len(rows) != len(test.want) {
				t.Fatalf("status %d, %q, want %q", got.Status, rows, test.want)
			}
			for i, want := range test.want {
				if !strings.HasPrefix(rows[i], want) {
					t.Errorf("row %d is %q, want %q", i, rows[i], want)
				}
			}
			if len(rows) == 0 && got.Page.Find("main a[href='"+templates.TeamAuditURL(a.Team())+"']").Length() == 0 {
				t.Errorf("nothing fits, and nothing leads out: %q", got.Page.Find("main").Text())
			}
		})
	}
}

func TestAuditRefuses(t *testing.T) {
	b := webtest.NewApp(t).SignedIn()
	tests := map[string]struct {
		query       url.Values
		field, says string
	}{
		"no date":                   {url.Values{"from": {"yesterday"}}, "from", "Enter a From date such as 2026-11-23"},
		"a day that does not exist": {url.Values{"to": {"2026-02-30"}}, "to", "Enter a To date such as 2026-11-23"},
		"a year too far":            {url.Values{"to": {"12026-02-03"}}, "to", "Enter a To date such as 2026-11-23"},
		"HTML":                      {url.Values{"from": {"<b>"}}, "from", "Enter a From date such as 2026-11-23"},
		"broken UTF-8":              {url.Values{"from": {"\xff\x00"}}, "from", "Enter a From date such as 2026-11-23"},
		"10,000 characters":         {url.Values{"from": {strings.Repeat("1", 10_000)}}, "from", "Enter a From date such as 2026-11-23"},
		"the wrong way round":       {url.Values{"from": {"2026-11-23"}, "to": {"2026-11-22"}}, "to", "Enter a To date that is not before the From date"},
		"unknown kind":              {url.Values{"kind": {"everything"}}, "kind", "Choose a kind of entry from the list"},
	}
	for name, test := range tests {
		got := b.Get(templates.AuditURL + "?" + test.query.Encode())
		if link := got.Page.Find(".errors a[href='#" + test.field + "']").Text(); got.Status != http.StatusUnprocessableEntity || link != test.says {
			t.Errorf("%s: status %d, %q", name, got.Status, link)
		}
		if file := b.Get(templates.AuditURL + ".csv?" + test.query.Encode()); file.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s, as a file: status %d", name, file.Status)
		}
	}
}

func TestAuditPages(t *testing.T) {
	a := webtest.NewApp(t)
	a.Record(120, access.AuditEntry{Action: assessment.EventPlan, Team: "t1", SubjectKind: "practice", Person: "Ada"})
	b := a.SignedIn()
	address, seen := templates.AuditURL+"?team=t1", []string{}
	for range 4 {
		page := b.Get(address).Page
		seen = append(seen, texts(page.Find(".audit .words .id"))...)
		older, ok := page.Find("a[rel=next]").Attr("href")
		if !ok {
			break
		}
		address = older
	}
	want := []string{}
	for i := range 120 {
		want = append(want, fmt.Sprint(119-i))
	}
	if !slices.Equal(seen, want) {
		t.Errorf("paging back shows %v", seen)
	}
	newer := b.Get(address).Page.Find("a[rel=prev]").AttrOr("href", "")
	if got := texts(b.Get(newer).Page.Find(".audit .words .id")); !slices.Equal(got, want[50:100]) {
		t.Errorf("the page before the last shows %v", got)
	}
	if first := b.Get(templates.AuditURL + "?team=t1").Page; first.Find("a[rel=prev]").Length() != 0 {
		t.Error("there is a newer page than the newest")
	}
}

// TestAuditShowsRefusals asks twice for what is not open, and downloads something.
func TestAuditShowsRefusals(t *testing.T) {
	a := webtest.NewApp(t)
	taken := a.Snapshot(a.NewAssessment("Claims triage").ID, "Launch")
	viewer := a.SignedInWith(access.Viewer)
	for range 3 {
		viewer.Get(templates.TeamAuditURL(a.Team()))
	}
	viewer.Get(templates.SnapshotAnswersURL(taken.ID))
	a.Advance(time.Minute)
	log := a.SignedIn().Get(templates.TeamAuditURL(a.Team()) + "?kind=refusals").Page
	want := []string{"Was refused access to EveryoneGET /teams/{team}/audit 2 times within a minute", "Was refused access to EveryoneGET /teams/{team}/audit"}
	rows := texts(log.Find(".audit-what"))
	for i, text := range want {
		if len(rows) != len(want) || !strings.HasPrefix(rows[i], text) {
			t.Fatalf("got %q, want %q", rows, want)
		}
	}
	if id := log.Find(".audit .words .id").First().Text(); id != "…"+a.Team()[len(a.Team())-12:] {
		t.Errorf("the id is %q", id)
	}
	rows = texts(a.SignedIn().Get(templates.TeamAuditURL(a.Team()) + "?kind=downloads").Page.Find(".audit-what"))
	if len(rows) != 1 || !strings.HasPrefix(rows[0], "Downloaded LaunchClaims triage GET /snapshots/{snapshot}/answers.csv") {
		t.Errorf("got %q", rows)
	}
}

func TestAuditEmpty(t *testing.T) {
	a := webtest.NewApp(t)
	team, err := a.Store.CreateTeam(context.Background(), access.Actor{}, "Quiet")
	if err != nil {
		t.Fatal(err)
	}
	page := a.SignedIn().Get(templates.TeamAuditURL(team.ID))
	if rows := texts(page.Page.Find(".audit-what")); len(rows) != 1 || !strings.HasPrefix(rows[0], "Created the team Quiet") {
		t.Errorf("a new team's log is %q", rows)
	}
	page = a.SignedIn().Get(templates.TeamAuditURL(team.ID) + "?kind=answers")
	if text := page.Page.Find("main").Text(); !strings.Contains(text, "No matching entries") {
		t.Errorf("with a filter: %q", text)
	}
}

func TestAuditExport(t *testing.T) {
	a := webtest.NewApp(t)
	person := "=cmd|' /C calc'!A0 \"quoted\",\nsecond line"
	a.Record(505, access.AuditEntry{Action: access.AuditMember, Team: a.Team(), SubjectKind: "account", Account: "x", Person: person,
		Detail: "+viewer → @lead", Address: "2001:db8::/64"})
	b := a.SignedIn()
	query := "?person=x&before=3" // the page does not matter
	got := b.Get(templates.TeamAuditURL(a.Team()) + ".csv" + query)
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.Body, "\uFEFF"))).ReadAll()
	if err != nil || len(records) != 506 {
		t.Fatalf("status %d, %d records, %v", got.Status, len(records), err)
	}
	row := map[string]string{}
	for i, name := range records[0] {
		row[name] = records[1][i]
	}
	for name, want := range map[string]string{"person": "'" + person, "detail": "'+viewer → @lead", "action": "member.changed", "says": "Changed the role of",
		"subject": "504", "address": "2001:db8::/64", "team": a.Team(), "team_name": a.Actor().Memberships[0].Team.Name, "at": "2026-11-23T22:55:00Z", "times": "1"} {
		if row[name] != want {
			t.Errorf("%s is %q, want %q", name, row[name], want)
		}
	}
	if name := got.Header.Get("Content-Disposition"); !strings.HasPrefix(name, `attachment; filename="Audit log, Everyone, 2026-11-23.csv"`) {
		t.Errorf("disposition %s", name)
	}

	got = b.Get(templates.TeamAuditURL(a.Team()) + ".jsonl" + query)
	lines := 0
	last := int64(1 << 62)
	for scanner := bufio.NewScanner(strings.NewReader(got.Body)); scanner.Scan(); lines++ {
		var record struct {
			Sequence int64  `json:"sequence"`
			Person   string `json:"person"`
			Hash     string `json:"hash"`
			Workload string `json:"workload"`
		}
		if err := json.Unmarshal(scanner.Bytes(), &record); err != nil || record.Person != person || record.Sequence >= last || len(record.Hash) != 64 {
			t.Fatalf("line %d: %+v, %v", lines, record, err)
		}
		last = record.Sequence
	}
	if lines != 505 || got.Header.Get("Content-Type") != "application/jsonl; charset=utf-8" {
		t.Errorf("%d lines of %s", lines, got.Header.Get("Content-Type"))
	}
}

// TestWhoMayReadTheAuditLog asks as every kind of person, and looks for what belongs to another team.
func TestWhoMayReadTheAuditLog(t *testing.T) {
	a := webtest.NewApp(t)
	mine, other := a.NewAssessment("Mine"), a.OtherTeam("Elsewhere")
	team, elsewhere := a.Team(), other.Workload.Team
	for role, want := range map[access.Role]int{access.Viewer: 403, access.Architect: 403, access.Lead: 200, "": 404} {
		b := a.SignedInWith(role)
		for _, ending := range []string{"", ".csv", ".jsonl"} {
			if got := b.Get(templates.TeamAuditURL(team) + ending); got.Status != want {
				t.Errorf("%q%s: status %d, want %d", role, ending, got.Status, want)
			}
			if got := b.Get(templates.TeamAuditURL(elsewhere) + ending); got.Status != http.StatusNotFound {
				t.Errorf("%q%s of another team: status %d", role, ending, got.Status)
			}
			if got := b.Get(templates.AuditURL + ending); got.Status != http.StatusForbidden {
				t.Errorf("%q%s of everything: status %d", role, ending, got.Status)
			}
		}
	}
	lead := a.SignedInWith(access.Lead)
	if link := lead.Get(templates.TeamURL(team)).Page.Find("a[href='" + templates.TeamAuditURL(team) + "']"); link.Length() != 1 {
		t.Error("the page of the team does not lead a lead to the log")
	}
	for _, query := range []string{"", "?workload=" + other.ID, "?team=" + elsewhere, "?subject=" + other.ID} {
		for _, ending := range []string{"", ".csv", ".jsonl"} {
			if body := lead.Get(templates.TeamAuditURL(team) + ending + query).Body; strings.Contains(body, "Elsewhere") {
				t.Errorf("%s%s shows another team's entries", ending, query)
			}
		}
	}
	admin := a.SignedIn()
	for want, kind := range map[string]string{"Elsewhere": "members", "Mine": "workloads", "Signed in": "sessions", "Was refused": "refusals"} {
		if !strings.Contains(admin.Get(templates.AuditURL+"?kind="+kind).Page.Find(".audit").Text(), want) {
			t.Errorf("an administrator does not see %q", want)
		}
	}
	only := a.SignedIn().Get(templates.AuditURL + "?team=" + elsewhere).Page.Find(".audit").Text()
	if strings.Contains(only, mine.Workload.Name) || !strings.Contains(only, "Elsewhere") {
		t.Errorf("one team's entries are %q", only)
	}
}
