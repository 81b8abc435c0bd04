package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestProfile also adds fields to the form that nobody asked for: they are ignored.
func TestProfile(t *testing.T) {
	c := webtest.NewCompany(t)
	b, person := c.Browsers[webtest.Viewer], c.People[webtest.Viewer].User
	form := func(name, zone string) url.Values {
		return url.Values{"do": {"profile"}, "name": {name}, "time_zone": {zone}, "admin": {"1"}, "role": {"lead"}, "version": {"9"},
			"email": {"mallory@example.com"}, "id": {c.People[webtest.Admin].User.ID}, "team": {c.People[webtest.Neighbour].Memberships[0].Team.ID}, "owner": {"x"}}
	}
	for name, says := range webtest.BadNames {
		got := b.Post(templates.AccountURL, form(name, "Europe/Berlin"))
		webtest.Want(t, "name "+webtest.Shown(name), got, http.StatusUnprocessableEntity, "#name-error", says)
		if zone := got.Page.Find("#time_zone option[selected]").AttrOr("value", ""); zone != "Europe/Berlin" {
			t.Errorf("name %s: the zone is %q after the error", webtest.Shown(name), zone)
		}
	}
	for _, zone := range []string{"Local", "Europe/Nowhere", "../../etc/passwd", "\xff", "a\x00b", strings.Repeat("x", 10_000), "<b>", "+01:00"} {
		got := b.Post(templates.AccountURL, form("Mei", zone))
		webtest.Want(t, "zone "+webtest.Shown(zone), got, http.StatusUnprocessableEntity, "#time_zone-error", "time zone does not exist")
		if name := got.Page.Find("#name").AttrOr("value", ""); name != "Mei" {
			t.Errorf("zone %s: the name is %q after the error", webtest.Shown(zone), name)
		}
	}
	for _, name := range webtest.OddNames {
		if got := b.Post(templates.AccountURL, form(name, "Asia/Kathmandu")); got.Status != http.StatusSeeOther {
			t.Fatalf("%q: status %d, want 303", name, got.Status)
		}
		if got := b.Get(templates.AccountURL).Page.Find("#name").AttrOr("value", ""); got != name {
			t.Errorf("the name is %q, want %q", got, name)
		}
	}
	if now := c.Stored(person.ID); now.Admin || now.Email != person.Email || now.TimeZone != "Asia/Kathmandu" || c.RoleOf(person.ID) != access.Viewer {
		t.Errorf("stored %+v", now)
	}
	if got := b.Post(templates.AccountURL, url.Values{"do": {"delete"}}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown step: status %d, want 422", got.Status)
	}
}

// TestTimeZones looks at the same page as two people: it is 14:31 UTC.
func TestTimeZones(t *testing.T) {
	c := webtest.NewCompany(t)
	if err := c.Store.SetProfile(t.Context(), access.Actor{}, c.People[webtest.Lead].User.ID, "Mei", "Asia/Kathmandu"); err != nil {
		t.Fatal(err)
	}
	for path, times := range map[string][2]string{
		templates.SnapshotsURL(c.Things["assessment"]): {"14:31", "20:16"},
		templates.SnapshotURL(c.Things["snapshot"]):    {"14:31 UTC", "20:16 +0545"},
		templates.ReportsURL(c.Things["assessment"]):   {"14:31", "20:16"},
		templates.AccountURL:                           {"Current time: 14:31", "Current time: 20:16"},
	} {
		for i, kind := range []int{webtest.Architect, webtest.Lead} {
			if got := c.Browsers[kind].Get(path); !strings.Contains(webtest.TextOf(got.Page.Find("main")), times[i]) {
				t.Errorf("%s as %s does not say %s: %s", path, webtest.KindNames[kind], times[i], webtest.TextOf(got.Page.Find("main")))
			}
		}
	}
}

func TestOwnSessions(t *testing.T) {
	c := webtest.NewCompany(t)
	b := c.Browsers[webtest.Viewer]
	others := []*webtest.Browser{c.SignedInAs(c.People[webtest.Viewer].User), c.SignedInAs(c.People[webtest.Viewer].User)}
	page := b.Get(templates.AccountURL).Page
	if rows := page.Find("#main table tbody tr"); rows.Length() != 3 || strings.Count(rows.Text(), "this one") != 1 {
		t.Errorf("sessions: %q", webtest.TextsOf(rows))
	}
	end := page.Find("#main table form").First().AttrOr("action", "")
	if got := c.Browsers[webtest.Lead].Post(end, url.Values{}); got.Status != http.StatusNotFound {
		t.Errorf("somebody else ends it: status %d, want 404", got.Status)
	}
	if got := b.Post(end, url.Values{}); got.Status != http.StatusSeeOther || page.Find("#main table form").Length() != 2 {
		t.Errorf("end one: status %d", got.Status)
	}
	ended := 0
	for _, other := range others {
		if got := other.Get(templates.AccountURL); got.Status == http.StatusSeeOther {
			ended++
		}
	}
	if ended != 1 {
		t.Errorf("%d sessions ended, want 1", ended)
	}
	if got := b.Post(templates.AccountURL, url.Values{"do": {"end_others"}}); got.Status != http.StatusSeeOther {
		t.Errorf("status %d, want 303", got.Status)
	}
	for _, other := range others {
		if got := other.Get(templates.AccountURL); got.Status != http.StatusSeeOther {
			t.Errorf("another session goes on: status %d", got.Status)
		}
	}
	page = b.Get(templates.AccountURL).Page
	if rows := page.Find("#main table tbody tr").Length(); rows != 1 || !strings.Contains(page.Find("main").Text(), "You have no other sessions") {
		t.Errorf("%d sessions, want 1", rows)
	}
}

func TestAccount(t *testing.T) {
	a := webtest.NewApp(t)
	t.Run("change the password", func(t *testing.T) {
		other, b := a.SignedIn(), a.SignedIn()
		wrong := b.Post("/account", url.Values{"do": {"password"}, "current": {"not it at all"}, "password": {"short"}})
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Page.Find(".field-bad").Length() != 2 {
			t.Fatalf("status %d with %d complaints, want 422 with 2", wrong.Status, wrong.Page.Find(".field-bad").Length())
		}
		const next = "the bob hangs still"
		got := b.Post("/account", url.Values{"do": {"password"}, "current": {webtest.TestPassword}, "password": {next}})
		if got.Status != http.StatusSeeOther {
			t.Fatalf("status %d, want 303", got.Status)
		}
		if page := b.Get("/account"); page.Status != http.StatusOK || !strings.Contains(page.Body, "other sessions have ended") {
			t.Errorf("status %d, or no notice", page.Status)
		}
		if page := b.Get("/account"); strings.Contains(page.Body, "other sessions have ended") {
			t.Error("the notice is shown twice")
		}
		if got := other.Get("/account"); got.Status != http.StatusSeeOther {
			t.Errorf("the other session goes on: status %d", got.Status)
		}
		if got := a.Browser().Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {next}}); got.Status != http.StatusSeeOther {
			t.Errorf("sign in with the new password: status %d", got.Status)
		}
	})
}
