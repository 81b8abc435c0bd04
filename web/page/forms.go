package page

import (
	"errors"
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

// Limits of request bodies, in bytes.
const (
	MaxForm   = 256 << 10
	MaxPage   = 8 << 20 // every note of a principle's page, each byte written as %XX
	MaxSignIn = 4 << 10
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
