package page

import (
	"net/http"
	"strings"
)

const (
	ApiPrefix = "/api/v1"
)

// inAPI reports whether a request is one of a program.
func inAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }
