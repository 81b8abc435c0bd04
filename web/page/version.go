package page

import (
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
