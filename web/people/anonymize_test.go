package people_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/webtest"
)

func TestAnonymize(t *testing.T) {
	c := webtest.NewCompany(t)
	b, person := c.Browsers[webtest.Admin], c.People[webtest.Viewer].User
	if err := c.Store.SetProfile(t.Context(), c.People[webtest.Viewer], person.ID, "Zoe Quill", ""); err != nil {
		t.Fatal(err)
	}
	person.Name = "Zoe Quill"
	path := templates.PersonURL(person.ID)
	webtest.Want(t, "before it is disabled", b.Get(path), http.StatusOK, "[aria-labelledby=anonymize-h]", "Disable it first")
	form := func(typed string, later int) url.Values {
		user, err := c.Store.User(t.Context(), person.ID)
		if err != nil {
			t.Fatal(err)
		}
		return url.Values{view.FieldConfirm: {typed}, "version": {strconv.Itoa(user.Version + later)}}
	}
	to := view.AnonymizeURL(person.ID)
	webtest.Want(t, "not disabled", b.Post(to, form(person.Email, 0)), http.StatusConflict, ".notice-poor", "Disable the account first")
	b.Post(path, url.Values{"do": {"disable"}, "version": {strconv.Itoa(person.Version)}})

	page := b.Get(path)
	webtest.Want(t, "explained", page, http.StatusOK, "[aria-labelledby=anonymize-h]", "The name stays on the person’s work")
	if page.Page.Find("form[action='"+to+"'] input[name=version]").Length() != 1 {
		t.Error("there is no form")
	}
	for name, typed := range map[string]string{"nothing": "", "another": "ada@example.com", "the name": person.Name} {
		got := b.Post(to, form(typed, 0))
		webtest.Want(t, name, got, http.StatusUnprocessableEntity, "#confirm-error", "Type the address")
		if value := got.Page.Find("#confirm").AttrOr("value", ""); value != typed {
			t.Errorf("%s: the field has %q", name, value)
		}
	}
	webtest.Want(t, "stale", b.Post(to, form(person.Email, -1)), http.StatusConflict, ".notice-poor", "Someone else changed this account")

	if got := b.Post(to, form(" "+strings.ToUpper(person.Email), 0)); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	after := b.Get(path)
	webtest.Want(t, "afterwards", after, http.StatusOK, "h1", "Removed person 1")
	webtest.Want(t, "afterwards", after, http.StatusOK, "main", "it cannot be enabled again")
	if after.Page.Find("form[action='"+to+"']").Length() != 0 || after.Page.Find("[value="+view.DoReset+"]").Length() != 0 {
		t.Error("there is a form for what is over")
	}
	for _, where := range []string{path, templates.PeopleURL, "/audit", "/audit.csv"} {
		if body := b.Get(where).Body; strings.Contains(body, person.Email) || strings.Contains(body, person.Name) {
			t.Errorf("%s still names the person", where)
		}
	}
	webtest.Want(t, "the log", b.Get("/audit"), http.StatusOK, "main", "Anonymized the account of")
	webtest.Want(t, "enabling it", b.Post(path, form("", 0)), http.StatusUnprocessableEntity, "main", "have no action")
	enable := form("", 0)
	enable.Set("do", templates.DoEnable)
	webtest.Want(t, "enabling it", b.Post(path, enable), http.StatusConflict, ".notice-poor", "cannot be undone")
}
