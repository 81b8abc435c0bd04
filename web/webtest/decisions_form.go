package webtest

import (
	"net/url"
	"strings"
)

func Unchanged(url.Values) {}

func Set(field string, values ...string) func(url.Values) {
	return func(form url.Values) { form[field] = values }
}

// InAttribute is what a page gives back for a text: a NUL cannot stand in HTML.
func InAttribute(s string) string { return strings.ReplaceAll(s, "\x00", "\uFFFD") }
