package account

import (
	"net/http"
	"strings"

	"plumbline/templates"
	"plumbline/web/page"
)

const httpsNeeded = "Sign-in requires HTTPS, but this page was opened over HTTP. " +
	"Nothing was changed, and a link that you opened is still valid. The administrator of this server can set a certificate with " +
	"--tls-cert and --tls-key, or use a TLS proxy and set its address with --url https://…"

// overHTTPS says what is missing, before a link is used up, where nobody could stay signed in.
func (h entrance) overHTTPS(handler page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !h.PlainHTTP || reachedByHTTPS(r) {
			return handler(w, r)
		}
		v := templates.FailureView{Page: h.Page(r, "Sign-in requires HTTPS"), Status: http.StatusConflict, Text: httpsNeeded}
		return h.Render(w, r, v.Status, templates.Failure(v))
	}
}

// reachedByHTTPS reports whether a browser keeps a cookie for secure connections: a proxy speaks https for a server that
// was not told, or the browser is on the same machine. Browsers send Sec-Fetch-Site only where they trust the connection.
func reachedByHTTPS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("X-Forwarded-Proto") == "https" ||
		strings.HasPrefix(r.Header.Get("Origin"), "https://")
}
