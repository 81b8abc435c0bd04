package page

import (
	"net/http"
	"strings"
)

// APIPrefix begins the address of everything that programs ask for.
const APIPrefix = "/api/v1"

// inAPI reports whether a request is one of a program.
func inAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// TokenPrefix begins every API token, so that people and scanners of code know one when they see it.
const TokenPrefix = "plb_"

// Problems answers programs that were refused something.
type Problems interface {
	// WriteError answers a request with the error of a handler.
	WriteError(w http.ResponseWriter, r *http.Request, err error)
	// WriteRefusal answers a request with a status and why.
	WriteRefusal(w http.ResponseWriter, r *http.Request, status int, why string)
}
