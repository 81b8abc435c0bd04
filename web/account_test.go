package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// TestProfile also adds fields to the form that nobody asked for: they are ignored.
func TestProfile(t *testing.T) {
	c := newCompany(t)
	b, person := c.browsers[viewer], c.people[viewer].User
	form := func(name, zone string) url.Values {
		return url.Values{"do": {"profile"}, "name": {name}, "time_zone": {zone}, "admin": {"1"}, "role": {"lead"}, "version": {"9"},
			"email": {"mallory@example.com"}, "id": {c.people[admin].User.ID}, "team": {c.people[neighbour].Memberships[0].Team.ID}, "owner": {"x"}}
	}
	for name, says := range badNames {
		got := b.post(templates.AccountURL, form(name, "Europe/Berlin"))
		want(t, "name "+shown(name), got, http.StatusUnprocessableEntity, "#name-error", says)
		if zone := got.page.Find("#time_zone option[selected]").AttrOr("value", ""); zone != "Europe/Berlin" {
			t.Errorf("name %s: the zone is %q after the error", shown(name), zone)
		}
	}
	for _, zone := range []string{"Local", "Europe/Nowhere", "../../etc/passwd", "\xff", "a\x00b", strings.Repeat("x", 10_000), "<b>", "+01:00"} {
		got := b.post(templates.AccountURL, form("Mei", zone))
		want(t, "zone "+shown(zone), got, http.StatusUnprocessableEntity, "#time_zone-error", "no such time zone")
		if name := got.page.Find("#name").AttrOr("value", ""); name != "Mei" {
			t.Errorf("zone %s: the name is %q after the error", shown(zone), name)
		}
	}
	for _, name := range oddNames {
		if got := b.post(templates.AccountURL, form(name, "Asia/Kathmandu")); got.status != http.StatusSeeOther {
			t.Fatalf("%q: status %d, want 303", name, got.status)
		}
		if got := b.get(templates.AccountURL).page.Find("#name").AttrOr("value", ""); got != name {
			t.Errorf("the name is %q, want %q", got, name)
		}
	}
	if now := c.stored(person.ID); now.Admin || now.Email != person.Email || now.TimeZone != "Asia/Kathmandu" || c.roleOf(person.ID) != assessment.Viewer {
		t.Errorf("stored %+v", now)
	}
	if got := b.post(templates.AccountURL, url.Values{"do": {"delete"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown step: status %d, want 422", got.status)
	}
}

// TestTimeZones looks at the same page as two people: it is 14:31 UTC.
func TestTimeZones(t *testing.T) {
	c := newCompany(t)
	if err := c.store.SetProfile(t.Context(), c.people[lead].User.ID, "Mei", "Asia/Kathmandu"); err != nil {
		t.Fatal(err)
	}
	for path, times := range map[string][2]string{
		templates.SnapshotsURL(c.things["assessment"]): {"14:31", "20:16"},
		templates.SnapshotURL(c.things["snapshot"]):    {"14:31 UTC", "20:16 +0545"},
		templates.ReportsURL(c.things["assessment"]):   {"14:31", "20:16"},
		templates.AccountURL:                           {"it is 14:31 now", "it is 20:16 now"},
	} {
		for i, kind := range []int{architect, lead} {
			if got := c.browsers[kind].get(path); !strings.Contains(textOf(got.page.Find("main")), times[i]) {
				t.Errorf("%s as %s does not say %s: %s", path, kindNames[kind], times[i], textOf(got.page.Find("main")))
			}
		}
	}
}

func TestOwnSessions(t *testing.T) {
	c := newCompany(t)
	b := c.browsers[viewer]
	others := []*browser{c.signedInAs(c.people[viewer].User), c.signedInAs(c.people[viewer].User)}
	page := b.get(templates.AccountURL).page
	if rows := page.Find("#main table tbody tr"); rows.Length() != 3 || strings.Count(rows.Text(), "this one") != 1 {
		t.Errorf("sessions: %q", textsOf(rows))
	}
	if got := b.post(templates.AccountURL, url.Values{"do": {"end_others"}}); got.status != http.StatusSeeOther {
		t.Errorf("status %d, want 303", got.status)
	}
	for _, other := range others {
		if got := other.get(templates.AccountURL); got.status != http.StatusSeeOther {
			t.Errorf("another session goes on: status %d", got.status)
		}
	}
	page = b.get(templates.AccountURL).page
	if rows := page.Find("#main table tbody tr").Length(); rows != 1 || !strings.Contains(page.Find("main").Text(), "There is no other session") {
		t.Errorf("%d sessions, want 1", rows)
	}
}
