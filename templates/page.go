// Package templates draws pages. Each page has a view model that already holds what it shows; templates decide nothing
// beyond what to leave out and what to repeat.

package templates

// Page is what every page shows around its content.
type Page struct {
	Title  string
	Style  string // address of the stylesheet
	Script string
	Guard  string // the script that warns before the session ends, and before what was typed is left
	Htmx   string // empty where the build has no htmx: pages work without
	Icon   string
	Menu   string   // the script of menus and of the theme
	Theme  string   // of the three that there are
	Back   string   // where forms of the frame return to
	Person string   // who is signed in; empty for nobody
	Marks  string   // their initials
	Finder string   // script of the search for anything
	Sheet  string   // script of the worksheet
	Find   string   // address of that search; empty for nobody
	Areas  []Area   // of the product
	Notice string   // what the last request did
	Advice []string // to administrators, about the server
	Crumbs []Crumb  // within an area; the last is this place
	Tabs   []Tab    // of an assessment, or of the administration
	TabsOf string   // what the tabs belong to; default Assessment
	Wide   bool     // the content brings its own layout, without the sheet
	Feed   Feed

	Session SessionEnd
}

// SessionEnd is when a session ends unless it is used.
type SessionEnd struct {
	Left  int  `json:"left"`  // seconds
	Final bool `json:"final"` // however it is used
}

func (p Page) tabsOf() string {
	if p.TabsOf == "" {
		return "Assessment"
	}
	return p.TabsOf
}

// deep reports whether the way to a page leads through more than an area of the product.
func (p Page) deep() bool { return len(p.Tabs) > 0 || len(p.Crumbs) > 1 }

// Area is a part of the product that a visitor may open.
type Area struct {
	Title string
	URL   string
	Now   string // for aria-current: page where it is this page, true where this page is in it; else empty
	Own   bool   // depends on who the visitor is
}

// Themes of colors.
const (
	ThemeSystem = "system" // as the visitor's system has it
	ThemeLight  = "light"
	ThemeDark   = "dark"
)

// theme is a choice of the menu.
type theme struct{ value, title string }

var themes = []theme{{ThemeSystem, "System"}, {ThemeLight, "Light"}, {ThemeDark, "Dark"}}

// colorScheme is what a browser paints before it has the stylesheet.
func (p Page) colorScheme() string {
	if p.Theme == ThemeLight || p.Theme == ThemeDark {
		return p.Theme
	}
	return "light dark"
}

// Feed is where a page hears what others change while it is open; the zero one hears nothing.
type Feed struct {
	Script string // address
	Stream string // address of the event stream
	Look   string // where there is no stream: an address that says whether Seen is still true
	Seen   string // what the page shows: the sequence of its assessment, or what Look answered then
	Person string // whose own changes are no news
}

// On reports whether there is anything to hear.
func (f Feed) On() bool { return f.Stream != "" || f.Look != "" }

// Crumb is one step of the way to a page.
type Crumb struct {
	Title string
	URL   string
}

// Tab is one page of an assessment.
type Tab struct {
	Title   string
	URL     string
	Count   string // for example "6 open"; empty where there is nothing to count
	Counter string // id of the count, for tabs whose count changes while the page is open
	Current bool
}

// Link is something to follow.
type Link struct {
	Title string
	URL   string
}

// FieldError is a complaint about one field, for the summary on top of a form.
type FieldError struct {
	Field   string // id of the control
	Message string
}

// FormErrors is every complaint about a form, in the order of its fields.
type FormErrors []FieldError

// On returns the message about a field, empty where it is right.
func (e FormErrors) On(field string) string {
	for _, one := range e {
		if one.Field == field {
			return one.Message
		}
	}
	return ""
}

// TradeoffsCount is the id of the count beside the tab of tradeoffs.
const TradeoffsCount = "count-tradeoffs"
