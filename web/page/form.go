package page

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

// Limits of request bodies, in bytes.
const (
	MaxForm   = 256 << 10 // most forms, and a request without a body
	MaxPage   = 8 << 20   // every note of a principle's page, each byte written as %XX
	MaxSignIn = 4 << 10   // what strangers may send
)

// ReadForm reads a form. A body over its limit is TooLarge; one that is no form is Invalid. Its texts may hold bytes
// that are not UTF-8, for those who name the field that does.
func ReadForm(r *http.Request) error {
	err := r.ParseForm()
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return assessment.Wrap(assessment.TooLarge, err, "The form is too large")
	}
	if err != nil {
		return assessment.Wrap(assessment.Invalid, err, "The form could not be read")
	}
	return nil
}

// Printable returns a text that a page can hold: bytes that are no text become replacement characters.
func Printable(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// Shortened returns the first n characters of a text that is not shown to be cut, as valid UTF-8.
func Shortened(s string, n int) string {
	runes := []rune(Printable(s))
	return string(runes[:min(n, len(runes))])
}

// Complaints turns what the domain says about an input into what a form shows. ok is false for any other error.
func Complaints(err error) (list templates.FormErrors, ok bool) {
	if all, is := errors.AsType[assessment.Errors](err); is {
		for _, one := range all {
			list = append(list, templates.FieldError{Field: one.Field, Message: one.Message})
		}
		return list, true
	}
	one, is := errors.AsType[*assessment.Error](err)
	if !is || (one.Code != assessment.Invalid && one.Code != assessment.Conflict) {
		return nil, false
	}
	return templates.FormErrors{{Field: one.Field, Message: one.Message}}, true
}

// InFormOrder returns the complaints of an error in the order in which the fields stand in their form.
func InFormOrder(err error, fields ...string) templates.FormErrors {
	list, _ := Complaints(err)
	slices.SortStableFunc(list, func(a, b templates.FieldError) int {
		return cmp.Compare(slices.Index(fields, a.Field), slices.Index(fields, b.Field))
	})
	return list
}
