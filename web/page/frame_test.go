package page

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Ines Okafor": "IO", "Ana María de la Cruz": "AC", "élise": "É", "李 明": "李明", "": ""} {
		if got := initials(name); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}

func TestAreas(t *testing.T) {
	member := access.Membership{Team: access.Team{ID: "a"}}
	var (
		nobody = access.Actor{}
		one    = access.Actor{Memberships: []access.Membership{member}}
		two    = access.Actor{Memberships: []access.Membership{member, {Team: access.Team{ID: "b"}}}}
		admin  = access.Actor{User: access.User{Admin: true}}
		both   = access.Actor{User: access.User{Admin: true}, Memberships: one.Memberships}
	)
	for _, tt := range []struct {
		actor access.Actor
		path  string
		want  string
	}{
		{nobody, "/", "Portfolio=page Library Teams"},
		{one, "/assessments/x/plan", "Portfolio=true Library Team"},
		{one, "/workloads/new", "Portfolio=true Library Team"},
		{one, "/library", "Portfolio Library=page Team"},
		{one, "/library/difference", "Portfolio Library=true Team"},
		{one, "/teams/a/audit", "Portfolio Library Team=true"},
		{two, "/teams/a", "Portfolio Library Teams=true"},
		{two, "/account", "Portfolio Library Teams"},
		{admin, "/teams/a", "Portfolio Library Administration=true"},
		{admin, "/people", "Portfolio Library Administration=page"},
		{both, "/teams/a", "Portfolio Library Team=page Administration"},
		{both, "/teams/b", "Portfolio Library Team Administration=true"},
		{both, "/audit", "Portfolio Library Team Administration=true"},
		{both, "/nothing", "Portfolio Library Team Administration"},
	} {
		var got []string
		for _, area := range areas(tt.actor, tt.path) {
			got = append(got, strings.TrimSuffix(area.Title+"="+area.Now, "="))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", tt.path, got, tt.want)
		}
	}
}

// TestThemeOfThePage reads the cookie that was kept, and takes one that nobody kept for none.
func TestThemeOfThePage(t *testing.T) {
	for insecure, name := range map[bool]string{false: "__Host-theme", true: "theme"} {
		kit := noticeKit(t, insecure, strings.Repeat("k", 32))
		for value, want := range map[string]string{"dark": "dark", "light": "light", "system": "system", "": "system", "red": "system"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, templates.PortfolioURL, nil)
			r.AddCookie(&http.Cookie{Name: name, Value: value})
			if got := kit.Page(r, "Portfolio").Theme; got != want {
				t.Errorf("%s=%q: got %q, want %q", name, value, got, want)
			}
		}
		w := httptest.NewRecorder()
		if !kit.KeepTheme(w, templates.ThemeDark) {
			t.Fatal("dark is no choice")
		}
		cookie := w.Result().Cookies()[0]
		if cookie.Name != name || cookie.Value != "dark" || cookie.Secure == insecure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode ||
			cookie.Path != "/" || cookie.MaxAge != 31536000 {
			t.Errorf("got %+v", cookie)
		}
	}
}
