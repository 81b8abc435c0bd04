package typed

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Outcome is what became of a form on its page.
type Outcome struct {
	Found bool    // the page has the form
	Left  []Field // values for which the page has no control
}

// Fill puts a form into the page at an own path, and says what became of it on top of its content.
func Fill(to io.Writer, page io.Reader, path string, f Form, say func(Outcome) (string, error)) error {
	doc, err := goquery.NewDocumentFromReader(page)
	if err != nil {
		return fmt.Errorf("read the page to fill: %w", err)
	}
	outcome := Outcome{Left: f.List()}
	if form := formOf(doc, path, f); form != nil {
		outcome.Found = true
		outcome.Left = fillForm(form, f)
	}
	says, err := say(outcome)
	if err != nil {
		return err
	}
	doc.Find("#main").First().PrependHtml(says)
	return goquery.Render(to, doc.Selection)
}

// controls are what a form sends: what is in it, and what names it from elsewhere on the page.
func controls(doc *goquery.Document, form *goquery.Selection) *goquery.Selection {
	id := form.AttrOr("id", "")
	inside := form.Find("input, textarea, select, button").FilterFunction(func(_ int, c *goquery.Selection) bool {
		of, named := c.Attr("form")
		return !named || of == id
	})
	if id == "" {
		return inside
	}
	return inside.AddSelection(doc.Find("[form]").FilterFunction(func(_ int, c *goquery.Selection) bool { return c.AttrOr("form", "") == id }))
}

// found is a form of a page with its controls.
type found struct{ form, controls *goquery.Selection }

// formOf returns the form on the page that sends what was typed to the same address: of several, the one that has most
// of the fields. It is nil where the page has none.
func formOf(doc *goquery.Document, path string, f Form) *found {
	var best *found
	most := -1
	doc.Find("form").Each(func(_ int, form *goquery.Selection) {
		one := &found{form, controls(doc, form)}
		if !one.sendsTo(path, f.Action) {
			return
		}
		if n := one.knows(f.Fields); n > most {
			best, most = one, n
		}
	})
	if most == 0 && len(f.Fields) > 0 {
		return nil
	}
	return best
}

func (d *found) sendsTo(path, action string) bool {
	to, method := d.form.AttrOr("action", path), d.form.AttrOr("method", "get")
	if method == "post" && samePath(to, action) {
		return true
	}
	return d.controls.FilterFunction(func(_ int, c *goquery.Selection) bool {
		return isButton(c) && c.AttrOr("formmethod", method) == "post" && samePath(c.AttrOr("formaction", to), action)
	}).Length() > 0
}

func samePath(a, b string) bool {
	one, err := url.Parse(a)
	if err != nil {
		return false
	}
	other, err := url.Parse(b)
	return err == nil && one.EscapedPath() == other.EscapedPath()
}

// knows counts the fields that have a control; a button counts where it is the one that was pressed.
func (d *found) knows(fields url.Values) int {
	n := 0
	for name, values := range fields {
		if d.controls.FilterFunction(func(_ int, c *goquery.Selection) bool {
			return c.AttrOr("name", "") == name && (!isButton(c) || slices.Contains(values, c.AttrOr("value", "")))
		}).Length() > 0 {
			n++
		}
	}
	return n
}

func kindOf(c *goquery.Selection) string {
	if !c.Is("input") {
		return goquery.NodeName(c)
	}
	return strings.ToLower(c.AttrOr("type", "text"))
}

func isButton(c *goquery.Selection) bool {
	switch kindOf(c) {
	case "button", "submit", "image", "reset":
		return true
	}
	return false
}

// fillForm puts the values into their controls, and returns those that have none.
func fillForm(d *found, f Form) []Field {
	left := url.Values{}
	for name, values := range f.Fields {
		left[name] = slices.Clone(values)
	}
	d.controls.Each(func(_ int, c *goquery.Selection) {
		name := c.AttrOr("name", "")
		if name == "" || c.AttrOr("type", "") == "password" || c.AttrOr("type", "") == "file" {
			return
		}
		if fillControl(c, f.Fields[name], left, name) {
			show(c)
		}
	})
	d.form.SetAttr("data-unsaved", "")
	d.form.ParentsFiltered("details").SetAttr("open", "")
	var list []Field
	rest := Form{Fields: left}
	for _, field := range rest.List() {
		if field.Value != "" {
			list = append(list, field)
		}
	}
	return list
}

// fillControl reports whether the control holds something else now. Values that it takes are no longer left.
func fillControl(c *goquery.Selection, values []string, left url.Values, name string) bool {
	switch kind := kindOf(c); kind {
	case "button", "submit", "image", "reset":
		take(left, name, c.AttrOr("value", ""))
		return false
	case "checkbox", "radio":
		value := c.AttrOr("value", "on")
		take(left, name, value)
		return setMark(c, "checked", slices.Contains(values, value))
	case "select":
		changed := false
		c.Find("option").Each(func(_ int, option *goquery.Selection) {
			value := option.AttrOr("value", strings.TrimSpace(option.Text()))
			chosen := slices.Contains(values, value)
			if chosen {
				take(left, name, value)
			}
			if len(values) > 0 && setMark(option, "selected", chosen) {
				changed = true
			}
		})
		return changed
	default:
		if len(left[name]) == 0 {
			return false
		}
		value := clean(left[name][0])
		left[name] = left[name][1:]
		if kind == "textarea" {
			changed := lines(c.Text()) != lines(value)
			c.SetText(lines(value))
			return changed
		}
		changed := c.AttrOr("value", "") != value
		c.SetAttr("value", value)
		return changed && kind != "hidden"
	}
}

// lines writes line breaks as pages have them: forms send two characters for one.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// take removes one value from those of a name.
func take(left url.Values, name, value string) {
	if i := slices.Index(left[name], value); i >= 0 {
		left[name] = slices.Delete(left[name], i, i+1)
	}
}

func setMark(c *goquery.Selection, mark string, on bool) bool {
	_, was := c.Attr(mark)
	if on {
		c.SetAttr(mark, mark)
	} else {
		c.RemoveAttr(mark)
	}
	return was != on
}

// show unfolds what hides a control, and marks the practice that it belongs to, which saves itself.
func show(c *goquery.Selection) {
	c.ParentsFiltered("details").SetAttr("open", "")
	c.Closest(".practice[data-practice]").SetAttr("data-unsaved", "")
}
