package page

import (
	"maps"
	"net/http"
	"slices"

	"plumbline/templates"
)

// again returns the form that a failed request came with, so that nothing that was typed is lost; nil where there is
// none, and where it holds a password.
func again(r *http.Request, status int) *templates.SendAgain {
	if r.Method != http.MethodPost || status < http.StatusInternalServerError || Live(r) {
		return nil
	}
	if err := ReadForm(r); err != nil || len(r.PostForm) == 0 || r.PostForm.Has("password") {
		return nil
	}
	kept := &templates.SendAgain{Action: OwnPath(r.URL.RequestURI(), "")}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			kept.Fields = append(kept.Fields, templates.SentField{Name: Printable(name), Value: Printable(value)})
		}
	}
	return kept
}
