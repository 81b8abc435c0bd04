package page

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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

// What several rooms say of a form.
const (
	FormTooLarge   = "The form is too large"
	FormOutdated   = "The form is out of date. Reload the page, then try again"
	ChooseTeam     = "Choose a team from the list"
	SelectPractice = "Select at least one practice"
	ChooseFile     = "Choose a file that is not empty"
)

// ReadForm reads a form. A body over its limit is TooLarge; one that is no form is Invalid. Its texts may hold bytes
// that are not UTF-8, for those who name the field that does.
func ReadForm(r *http.Request) error {
	err := r.ParseForm()
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return assessment.Wrap(assessment.TooLarge, err, FormTooLarge)
	}
	if err != nil {
		return assessment.Wrap(assessment.Invalid, err, "The form is not readable")
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

// noVersion stands for the version of a form that does not say which one it saw. The store refuses it.
const noVersion = -1

// VersionIn returns the version that a form saw, noVersion where the field holds none.
func VersionIn(form url.Values, field string) int {
	version, err := strconv.Atoi(strings.TrimSpace(form.Get(field)))
	if err != nil || version < 0 {
		return noVersion
	}
	return version
}

// SeenVersion returns the version that the form of a request saw, VersionRequired where it does not say.
func SeenVersion(r *http.Request) (int, error) {
	version := VersionIn(r.PostForm, "version")
	if version == noVersion {
		return 0, assessment.Errorf(assessment.VersionRequired, loadAgain)
	}
	return version, nil
}

// SeenText returns the name or role that a form saw, of things that have no version; VersionRequired where it does not say.
func SeenText(r *http.Request) (string, error) {
	if !r.PostForm.Has("seen") {
		return "", assessment.Errorf(assessment.VersionRequired, loadAgain)
	}
	return r.PostForm.Get("seen"), nil
}

const loadAgain = "Reload the page, then make the change again"

// VersionAfter returns the version that a refused form goes on from: the stored one where the page shows that beside
// what was typed, else the one that the form saw, so that a conflict is still noticed once the form is right.
func VersionAfter(status, seen, stored int) int {
	if status == http.StatusConflict || status == http.StatusPreconditionRequired {
		return stored
	}
	return seen
}

// ConflictsIn returns every conflict that an error of a save holds, by practice.
func ConflictsIn(err error) map[string]*assessment.AnswerConflict {
	conflicts := map[string]*assessment.AnswerConflict{}
	joined, is := err.(interface{ Unwrap() []error })
	if !is {
		if one, is := errors.AsType[*assessment.AnswerConflict](err); is {
			conflicts[one.Practice] = one
		}
		return conflicts
	}
	for _, one := range joined.Unwrap() {
		maps.Copy(conflicts, ConflictsIn(one))
	}
	return conflicts
}
