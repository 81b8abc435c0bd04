package web_test

import (
	"net/http"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

const secret = "Ledger of secrets"

// together stores, beside what a company has, what is about two of its workloads: reports in both directions and a link.
func together(t *testing.T, c *webtest.Company) (moving, staying assessment.ReportInfo, link string) {
	t.Helper()
	hidden := c.Snapshot(c.NewAssessment(secret).ID, secret)
	made := func(after, before string) assessment.ReportInfo {
		info, err := c.Store.SaveReport(t.Context(), c.People[webtest.Lead], assessment.Report{Kind: assessment.ReportComparison, Snapshot: after, Before: before,
			Media: "application/pdf", FileName: secret + ".pdf", Renderer: "0", Document: []byte("%PDF of " + secret)})
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	moving, staying = made(c.Things["snapshot"], hidden.ID), made(hidden.ID, c.Things["snapshot"])
	if _, err := c.Store.ApproveSnapshot(t.Context(), c.People[webtest.Lead], c.Things["snapshot"], ""); err != nil {
		t.Fatal(err)
	}
	return moving, staying, c.Browsers[webtest.Lead].Share(moving.ID)
}

// TestMovedWorkload moves a workload with all that is attached to it into another team, and asks for every address: what
// is about it alone went along, what is about two workloads is readable only for those who may read both.
func TestMovedWorkload(t *testing.T) {
	c := webtest.NewCompany(t)
	moving, staying, link := together(t, c)
	reports := []string{templates.ReportURL(moving.ID), templates.ReportURL(staying.ID), templates.ShowReportURL(moving.ID), templates.ShareURL(moving.ID),
		templates.ShareURL(staying.ID), webtest.API + "/reports/" + moving.ID, webtest.API + "/reports/" + staying.ID}
	asked := func(kind int, want int) {
		t.Helper()
		for _, address := range reports {
			if got := c.Ask(kind, http.MethodGet, address, nil); got != want {
				t.Errorf("%s as %s: status %d, want %d", address, webtest.KindNames[kind], got, want)
			}
		}
	}
	asked(webtest.Lead, 200)
	asked(webtest.Neighbour, 404)
	if got := c.Browser().Get(link); got.Status != 200 {
		t.Errorf("the link: status %d", got.Status)
	}
	to := c.People[webtest.Neighbour].Memberships[0].Team.ID
	if _, err := c.Store.MoveWorkload(t.Context(), c.People[webtest.Admin], c.Things["workload"], c.Workload(c.Things["workload"]).Version, to); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []int{webtest.Viewer, webtest.Architect, webtest.Lead, webtest.Neighbour} {
		asked(kind, 404)
	}
	asked(webtest.Admin, 200)
	shares := c.Shares(moving.ID)
	for _, got := range []webtest.Answer{c.Browser().Get(link), c.Browser().Post(link+"/report", nil)} {
		if got.Status != 404 || strings.Contains(got.Body, secret) {
			t.Errorf("the link to both: status %d, %q", got.Status, got.Body)
		}
	}
	if after := c.Shares(moving.ID); len(after) != len(shares) || after[0].Uses != shares[0].Uses {
		t.Errorf("a use was noted: %+v", after)
	}
	everyAddressAfter(t, c)
	both := c.Member(to, access.Viewer)
	if err := c.Store.SetMembership(t.Context(), access.Actor{}, both.User.ID, c.Team(), access.Viewer); err != nil {
		t.Fatal(err)
	}
	if got := c.SignedInAs(both.User).Get(templates.ReportURL(moving.ID)); got.Status != 200 {
		t.Errorf("somebody of both teams: status %d", got.Status)
	}
}

// everyAddressAfter asks for every address of the workload that has moved: the people of its former team are strangers to
// it now, and nothing that its new team is shown names the workload that stayed.
func everyAddressAfter(t *testing.T, c *webtest.Company) {
	t.Helper()
	for route, want := range routeTable() {
		method, pattern, _ := strings.Cut(route, " ")
		moved := false
		for _, thing := range []string{"{assessment}", "{workload}", "{snapshot}", "{report}"} {
			moved = moved || strings.Contains(pattern, thing)
		}
		path := c.Path(pattern, webtest.Neighbour)
		for _, kind := range []int{webtest.Viewer, webtest.Architect, webtest.Lead} {
			if !moved {
				break
			}
			before := c.Contents()
			if got := c.Ask(kind, method, path, nil); got != 404 {
				t.Errorf("%s as %s of the former team: status %d, want 404", route, webtest.KindNames[kind], got)
			}
			c.Untouched(before, route)
		}
		if method != http.MethodGet || strings.Contains(pattern, "/events") {
			continue
		}
		header := http.Header{}
		b := c.Browsers[webtest.Neighbour]
		if strings.HasPrefix(path, webtest.API) {
			header.Set("Authorization", "Bearer "+c.Secrets[webtest.Neighbour])
			b = c.Browser()
		}
		got := b.Do(method, path, nil, header)
		if moved && got.Status != want[webtest.Lead] {
			t.Errorf("%s as lead of the new team: status %d, want %d", route, got.Status, want[webtest.Lead])
		}
		if strings.Contains(got.Body, secret) {
			t.Errorf("%s names the workload that stayed", route)
		}
	}
}
