package webtest

import (
	"net/url"
	"testing"

	"plumbline/assessment"
)

// NewWorkloadForm returns what a browser sends from the untouched form, with a name.
func NewWorkloadForm(t *testing.T, b *Browser, name string) url.Values {
	t.Helper()
	form := FormValues(t, b.Get("/workloads/new"), "main form")
	form.Set("name", name)
	return form
}

// FormValues returns the values of the controls of a form.
func FormValues(t *testing.T, got Answer, selector string) url.Values {
	t.Helper()
	form := got.Page.Find(selector).First()
	if form.Length() == 0 {
		t.Fatalf("status %d, no %s", got.Status, selector)
	}
	values := url.Values{}
	for _, control := range form.Find("input[name], textarea[name]").EachIter() {
		if control.Is("[type=radio]:not([checked])") {
			continue
		}
		value, _ := control.Attr("value")
		if control.Is("textarea") {
			value = control.Text()
		}
		values.Set(control.AttrOr("name", ""), value)
	}
	for _, list := range form.Find("select").EachIter() {
		option := list.Find("option[selected]")
		if option.Length() == 0 {
			option = list.Find("option").First()
		}
		values.Set(list.AttrOr("name", ""), option.AttrOr("value", ""))
	}
	return values
}

func (a *App) Workloads() []assessment.PortfolioRow {
	a.T.Helper()
	rows, err := a.Store.Portfolio(a.T.Context(), assessment.PortfolioFilter{})
	if err != nil {
		a.T.Fatal(err)
	}
	return rows
}
