package page

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"plumbline/assessment"
)

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

const loadAgain = "Load the page again, and repeat the change there"

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
