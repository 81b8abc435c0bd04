package page

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// Page returns what every page shows around its content.
func (k *Kit) Page(r *http.Request, title string) templates.Page {
	page := templates.Page{
		Title:  title,
		Style:  k.Files.Address("app.css"),
		Script: k.Files.Address("app.js"),
		Guard:  k.Files.Address("session.js"),
		Menu:   k.Files.Address("menu.js"),
		Htmx:   k.Files.Address("htmx.min.js"),
		Icon:   k.Files.Address("favicon.svg"),
		Theme:  k.theme(r),
	}
	if v := VisitorOf(r); v != nil {
		page.Person, page.Marks = v.User.Name, initials(v.User.Name)
		page.Find, page.Finder = templates.FindURL, k.Files.Address("find.js")
		page.Areas, page.Back = areas(v.Actor, r.URL.Path), returnTo(r)
		page.Session = k.SessionEnd(r)
		if v.User.Admin {
			page.Advice = k.Advice()
		}
	}
	return page
}

// SessionEnd returns when the session of a visitor ends.
func (k *Kit) SessionEnd(r *http.Request) templates.SessionEnd {
	at, final := VisitorOf(r).Session.Ends()
	return templates.SessionEnd{Left: int(at.Sub(k.Clock()).Seconds()), Final: final}
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	parts := strings.Fields(name)
	if len(parts) == 0 {
		return ""
	}
	if len(parts) > 1 {
		parts = []string{parts[0], parts[len(parts)-1]}
	}
	var letters []rune
	for _, part := range parts {
		letters = append(letters, []rune(part)[0])
	}
	return strings.ToUpper(string(letters))
}

// returnTo is the address of the page that is shown, where it can be asked for again.
func returnTo(r *http.Request) string {
	if r.Method != http.MethodGet {
		return templates.PortfolioURL
	}
	return OwnPath(r.URL.RequestURI(), "")
}

// ownAddresses are the beginnings of the addresses of an area.
var ownAddresses = map[string][]string{
	templates.PortfolioURL: {"/assessments/", "/workloads"},
	templates.PeopleURL:    {templates.TeamsURL, templates.AuditURL},
}

// areas are the portfolio, the library, the visitor's team or teams, and the administration of an administrator. The one
// that a path is in says so.
func areas(a access.Actor, path string) []templates.Area {
	areas := []templates.Area{{Title: "Portfolio", URL: templates.PortfolioURL}, {Title: "Library", URL: templates.LibraryURL}}
	switch {
	case len(a.Memberships) == 1:
		areas = append(areas, templates.Area{Title: "Team", URL: templates.TeamURL(a.Memberships[0].Team.ID), Own: true})
	case len(a.Memberships) > 1 || !a.User.Admin:
		areas = append(areas, templates.Area{Title: "Teams", URL: templates.TeamsURL, Own: true})
	}
	if a.User.Admin {
		areas = append(areas, templates.Area{Title: "Administration", URL: templates.PeopleURL, Own: true})
	}
	for i := range areas {
		if areas[i].Now = nowIn(areas[i].URL, path); areas[i].Now != "" {
			break
		}
	}
	return areas
}

// nowIn says for aria-current whether a path is the address of an area, or one within it.
func nowIn(area, path string) string {
	if path == area {
		return "page"
	}
	for _, begin := range append([]string{strings.TrimSuffix(area, "/") + "/"}, ownAddresses[area]...) {
		if begin != "/" && strings.HasPrefix(path, begin) {
			return "true"
		}
	}
	return ""
}

// AdministrationTabs are the pages of an administrator, with the current one. The way to the page, which its crumbs are,
// then begins at the administration.
func AdministrationTabs(page *templates.Page, current string) {
	page.TabsOf = "Administration"
	page.Crumbs[0] = templates.Crumb{Title: page.TabsOf, URL: templates.PeopleURL}
	page.Tabs = []templates.Tab{{Title: "People", URL: templates.PeopleURL}, {Title: "Teams", URL: templates.TeamsURL},
		{Title: "API tokens", URL: templates.PeopleURL + "/tokens"}, {Title: "Audit log", URL: templates.AuditURL}}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Title == current
	}
}

// Names of the tabs of an assessment.
const (
	TabOverview  = "Overview"
	TabAnswers   = "Answers"
	TabTradeoffs = "Tradeoffs"
	TabPlan      = "Plan"
	TabSnapshots = "Snapshots"
	TabCompare   = "Compare"
	TabReports   = "Reports"
)

// following are the tabs whose pages show what somebody else may change the next moment.
var following = []string{TabOverview, TabTradeoffs, TabPlan}

// Placed returns the frame of a page of an assessment, with its tabs and the notice of the last request.
func (k *Kit) Placed(w http.ResponseWriter, r *http.Request, c *assessment.Current, tab, title string) templates.Page {
	id, name := c.State.ID, c.State.Workload.Name
	page := k.Page(r, title+", "+name)
	page.Notice = k.TakeNotice(w, r)
	page.Crumbs = k.assessmentCrumbs(r, c)
	page.Find = templates.FindInURL(id)
	open := OpenDecisions(c)
	page.Tabs = []templates.Tab{
		{Title: TabOverview, URL: templates.AssessmentURL(id)},
		{Title: TabAnswers, URL: templates.WalkURL(id)},
		{Title: TabTradeoffs, URL: templates.TradeoffsURL(id), Count: open, Counter: templates.TradeoffsCount},
		{Title: TabPlan, URL: templates.PlanURL(id)},
		{Title: TabSnapshots, URL: templates.SnapshotsURL(id)},
		{Title: TabCompare, URL: templates.CompareURL(id)},
		{Title: TabReports, URL: templates.ReportsURL(id)},
	}
	if r.Method == http.MethodGet && slices.Contains(following, tab) {
		page.Feed = k.Feed(r, c, "")
	}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Title == tab
	}
	return page
}

// assessmentCrumbs leads to an assessment: by its workload, and where that has several, by its questionnaire too.
func (k *Kit) assessmentCrumbs(r *http.Request, c *assessment.Current) []templates.Crumb {
	crumbs := []templates.Crumb{{Title: c.State.Workload.Name, URL: templates.AssessmentURL(c.State.ID)}}
	assessments, err := k.Store.AssessmentCount(r.Context(), c.State.Workload.ID)
	if err != nil {
		k.Logger.WarnContext(r.Context(), "a page does not say which assessment it is", "request", RequestNumber(r), "error", err.Error())
		return crumbs
	}
	if assessments > 1 {
		q := c.State.Questionnaire
		crumbs = append(crumbs, templates.Crumb{Title: words.Cut(q.Title, 60) + " " + q.Version, URL: templates.AssessmentURL(c.State.ID)})
	}
	return crumbs
}

// Feed tells a page of an assessment where to hear what others change. principle is empty for a page that is no
// principle's.
func (k *Kit) Feed(r *http.Request, c *assessment.Current, principle string) templates.Feed {
	return templates.Feed{
		Script: k.Files.Address("live.js"),
		Stream: templates.EventsURL(c.State.ID, principle),
		Seen:   strconv.FormatInt(c.State.Sequence, 10),
		Person: ActorOf(r).User.Name,
	}
}

const themeLifetime = 365 * 24 * 60 * 60 // seconds

// themes are the choices of colors; without a cookie it is the first.
var themes = []string{templates.ThemeSystem, templates.ThemeLight, templates.ThemeDark}

// KeepTheme stores a choice of colors in the browser for a year, and reports whether there is such a choice.
func (k *Kit) KeepTheme(w http.ResponseWriter, theme string) bool {
	if !slices.Contains(themes, theme) {
		return false
	}
	cookie := k.themeCookie()
	cookie.Value, cookie.MaxAge = theme, themeLifetime
	http.SetCookie(w, cookie)
	return true
}

// theme is the choice of colors in the browser.
func (k *Kit) theme(r *http.Request) string {
	cookie, err := r.Cookie(k.themeCookie().Name)
	if err != nil || !slices.Contains(themes, cookie.Value) {
		return themes[0]
	}
	return cookie.Value
}

func (k *Kit) themeCookie() *http.Cookie {
	cookie := &http.Cookie{Name: "theme", Path: "/", HttpOnly: true, Secure: !k.Insecure, SameSite: http.SameSiteLaxMode}
	if cookie.Secure {
		cookie.Name = "__Host-theme"
	}
	return cookie
}
