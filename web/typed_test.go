package web_test

import (
	"bytes"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// standing is a form on a page.
type standing struct {
	page string // its path
	form *goquery.Selection
}

// sendsTo reports whether a form, or a button of it, sends to an address of a pattern.
func (s standing) sendsTo(pattern *regexp.Regexp) (action string, does bool) {
	if action := s.form.AttrOr("action", s.page); s.form.AttrOr("method", "") == "post" && pattern.MatchString(action) {
		return action, true
	}
	outside := s.form.Parents().Find("button[form=answers][formaction]")
	if s.form.AttrOr("id", "") != "answers" {
		outside = outside.Slice(0, 0)
	}
	s.form.Find("button[formaction]").AddSelection(outside).EachWithBreak(func(_ int, b *goquery.Selection) bool {
		action = b.AttrOr("formaction", "")
		does = pattern.MatchString(action)
		return !does
	})
	return action, does
}

// fill types into every control of a form what it did not hold before.
func (s standing) fill() {
	n := 0
	s.form.Find("input, textarea, select").Each(func(_ int, c *goquery.Selection) {
		n++
		switch kind := c.AttrOr("type", goquery.NodeName(c)); kind {
		case "hidden", "file", "password":
		case "checkbox":
			c.SetAttr("checked", "")
		case "radio":
			name := c.AttrOr("name", "")
			s.form.Find("input[type=radio]").FilterFunction(func(_ int, o *goquery.Selection) bool { return o.AttrOr("name", "") == name }).RemoveAttr("checked")
			c.SetAttr("checked", "")
		case "select":
			c.Find("option").RemoveAttr("selected")
			c.Find("option").Last().SetAttr("selected", "")
		case "textarea":
			c.SetText(fmt.Sprintf("Typed %d: first\n<b>second</b> \"line\" שלום", n))
		default:
			c.SetAttr("value", fmt.Sprintf("Typed %d é & <i>", n))
		}
	})
}

// sent returns what a browser sends of a form, without its buttons, files and passwords.
func (s standing) sent() url.Values {
	values := url.Values{}
	s.form.Find("input, textarea, select").Each(func(_ int, c *goquery.Selection) {
		name := c.AttrOr("name", "")
		_, checked := c.Attr("checked")
		switch kind := c.AttrOr("type", goquery.NodeName(c)); {
		case name == "", kind == "file", kind == "password", kind == "submit", (kind == "checkbox" || kind == "radio") && !checked:
		case kind == "select":
			chosen := c.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = c.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", ""))
		case kind == "textarea":
			values.Add(name, strings.ReplaceAll(c.Text(), "\n", "\r\n"))
		case kind == "checkbox" || kind == "radio":
			values.Add(name, c.AttrOr("value", "on"))
		default:
			values.Add(name, c.AttrOr("value", ""))
		}
	})
	return values
}

func formsOn(got webtest.Answer, path string) []standing {
	var all []standing
	got.Page.Find("form").Each(func(_ int, form *goquery.Selection) {
		all = append(all, standing{path, form})
	})
	return all
}

// carries signs in on the page that a form without a session was answered with, and returns the page after that.
func carries(t *testing.T, b *webtest.Browser, got webtest.Answer) (at string, after webtest.Answer) {
	t.Helper()
	if got.Status != http.StatusUnauthorized || got.Page.Find("#password").Length() != 1 {
		t.Fatalf("status %d, want 401 with a form to sign in: %s", got.Status, got.Page.Find("main").Text())
	}
	form := standing{form: got.Page.Find("main form").First()}
	values := form.sent()
	values.Set("email", webtest.TestEmail)
	values.Set("password", webtest.TestPassword)
	in := b.Post(form.form.AttrOr("action", ""), values)
	if in.Status != http.StatusSeeOther {
		t.Fatalf("sign-in: status %d, %s", in.Status, in.Page.Find("main").Text())
	}
	at = in.Header.Get("Location")
	after = b.Get(at)
	for after.Status == http.StatusSeeOther {
		at = after.Header.Get("Location")
		after = b.Get(at)
	}
	return at, after
}

// multipartOf writes a form as browsers do where it has a file.
func multipartOf(t *testing.T, values url.Values, file string) (kind string, body []byte) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for name, all := range values {
		for _, value := range all {
			if err := w.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	part, err := w.CreateFormFile(file, "answers of May.csv")
	if err == nil {
		_, err = part.Write(bytes.Repeat([]byte("secret of the file\n"), 10_000))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), out.Bytes()
}

// noFormFound are routes that no form of this installation sends to: by script alone, with single sign-on, with another
// version of the questionnaire, on the answer to a file, for a questionnaire that nobody uses, or to undo what nobody did. What is sent to them is
// shown after signing in.
var noFormFound = []string{"/assessments/{assessment}/answers/{practice}", "/account/sso", "/assessments/{assessment}/questionnaire",
	"/assessments/{assessment}/import/rows", "/assessments/{assessment}/principles/{principle}/not-applicable/undo", "/library/{questionnaire}/delete",
	"/assessments/{assessment}/history/undo"}

// TestTypedTextSurvivesTheEndOfTheSession sends every form of the application, as it stands on its page with other text in
// it, after its session has ended. After signing in the form stands there as it was sent, and nothing was done.
func TestTypedTextSurvivesTheEndOfTheSession(t *testing.T) {
	c := webtest.NewCompany(t)
	b := c.Browsers[webtest.Admin]
	forms := everyForm(t, c, b)
	for _, route := range c.Patterns() {
		method, pattern, _ := strings.Cut(route, " ")
		if method != http.MethodPost || routeTable()[route][webtest.Anonymous] != http.StatusUnauthorized || strings.HasPrefix(pattern, "/api/") || pattern == templates.SignInURL || pattern == templates.SessionURL {
			continue
		}
		t.Run(pattern, func(t *testing.T) {
			expression := regexp.MustCompile("^" + regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(pattern), "[^/]+") + `(\?.*)?$`)
			i := slices.IndexFunc(forms, func(s standing) bool { _, does := s.sendsTo(expression); return does })
			if found := i >= 0; found == slices.Contains(noFormFound, pattern) {
				t.Fatalf("a form was found: %t", found)
			}
			if i < 0 {
				path := c.Path(pattern, webtest.Admin)
				endSessions(t, c.App)
				_, after := carries(t, b, b.Post(path, url.Values{"words": {"Typed & kept"}}))
				if !strings.Contains(after.Page.Find("#typed").Text(), "Typed & kept") {
					t.Errorf("the page does not have what was typed: %s", after.Page.Find("main").Text())
				}
				return
			}
			one := forms[i]
			action, _ := one.sendsTo(expression)
			one.fill()
			want := one.sent()
			header := http.Header{"Referer": {c.Server.URL + one.page}, "Content-Type": {"application/x-www-form-urlencoded"}}
			body := []byte(want.Encode())
			file := one.form.Find("input[type=file]")
			if file.Length() > 0 {
				kind, whole := multipartOf(t, want, file.AttrOr("name", ""))
				header.Set("Content-Type", kind)
				body = whole
			}
			endSessions(t, c.App)
			before := c.Contents()
			asked := b.Send(http.MethodPost, action, header, bytes.NewReader(body))
			c.Untouched(before, "a form without a session")
			at, after := carries(t, b, asked)
			back, _, _ := strings.Cut(one.page, "?")
			if path, _, _ := strings.Cut(at, "?"); path != back {
				t.Errorf("leads to %s, want %s", at, one.page)
			}
			stands := slices.IndexFunc(formsOn(after, one.page), func(s standing) bool {
				_, does := s.sendsTo(expression)
				return does && s.form.Is("[data-unsaved]")
			})
			if stands < 0 {
				t.Fatalf("the form is not on the page: %s", after.Page.Find("main").Text())
			}
			if got := formsOn(after, one.page)[stands].sent(); !maps.EqualFunc(got, want, slices.Equal[[]string]) {
				t.Errorf("the form holds\n%v\nwant\n%v", got, want)
			}
			if file.Length() > 0 && !strings.Contains(after.Page.Find("#typed").Text(), "answers of May.csv") {
				t.Error("the page does not ask to choose the file again")
			}
		})
	}
}

func endSessions(t *testing.T, a *webtest.App) {
	t.Helper()
	if err := a.Store.DeleteSessionsOf(t.Context(), access.Actor{}, a.Actor().User.ID, ""); err != nil {
		t.Fatal(err)
	}
}

// everyForm returns the forms on all pages of an installation in which there is something of everything.
func everyForm(t *testing.T, c *webtest.Company, b *webtest.Browser) []standing {
	t.Helper()
	id, actor := c.Things["assessment"], c.Actor()
	for _, tradeoff := range []string{"t-live", "t-open"} {
		decision := assessment.Decision{Tradeoff: tradeoff, Choice: assessment.Accept, Rationale: "Weighed", Owner: "Ines", Date: "2026-11-20"}
		if _, err := c.Store.SaveDecision(t.Context(), actor, id, decision); err != nil {
			t.Fatal(err)
		}
	}
	c.Answer(id, "c1", assessment.Adopted)          // one decision rests on something else then
	for _, practice := range []string{"r1", "r2"} { // of which one is done
		b.Post(templates.PlanURL(id), url.Values{"practice": {practice}})
	}
	approved := c.Snapshot(id, "Approved").ID
	b.Post(templates.SnapshotURL(approved)+"/approval", url.Values{"note": {"Good"}})
	c.Path("{invitation}{share}{token}", webtest.Admin)
	empty, err := c.Store.CreateTeam(t.Context(), actor, "Nobody")
	if err != nil {
		t.Fatal(err)
	}
	gone := c.Member("", "").User.ID
	if err := c.Store.SetUserDisabled(t.Context(), actor, gone, true); err != nil {
		t.Fatal(err)
	}
	unused := c.SaveVersion("9.9.9", func(*assessment.Questionnaire) {})
	paths := []string{templates.PersonURL(gone), templates.TeamURL(empty.ID), templates.QuestionnaireURL(unused), templates.TradeoffURL(id, "t-live"), templates.TradeoffURL(id, "t-open"), templates.SnapshotURL(approved),
		templates.PlanURL(id) + "?edit=r2", templates.ScopeURL(c.NewAssessment("Scoped").ID)}
	for _, route := range c.Patterns() {
		if method, pattern, _ := strings.Cut(route, " "); method == http.MethodGet && !strings.HasPrefix(pattern, "/api/") && !strings.HasSuffix(pattern, "/events") {
			paths = append(paths, c.Path(pattern, webtest.Admin))
		}
	}
	var forms []standing
	for _, path := range paths {
		if got := b.Get(path); got.Status == http.StatusOK {
			forms = append(forms, formsOn(got, path)...)
		}
	}
	return forms
}
