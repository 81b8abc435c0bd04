package page

import (
	"net/http"
	"strings"
)

// wantsEvents reports whether a script asks for a stream, which can do nothing with a page.
func wantsEvents(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Accept"), "text/event-stream")
}
