package page

import (
	"net/http"
	"net/url"
	"strings"
)

// NewestSnapshot stands in an address for the newest snapshot of an assessment.
const NewestSnapshot = "latest"

// SideNow stands in an address for the assessment as it is now, which is not stored.
const SideNow = "now"

// OwnPath returns the path and query of an address of this site, and "/" for any other: a redirect never leaves.
// host is the request's; an address without a host counts as own.
func OwnPath(address, host string) string {
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" || (u.Host != "" && u.Host != host) {
		return "/"
	}
	path := u.EscapedPath()
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, "\\") || strings.Contains(path, "%5C") || strings.Contains(path, "%5c") {
		return "/"
	}
	if u.Host == "" && u.Scheme != "" {
		return "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}

// Absolute returns an own path with the host that people reach this installation by.
func (k *Kit) Absolute(r *http.Request, path string) string {
	scheme, host := "https://", k.Host
	if k.Insecure {
		scheme = "http://"
	}
	if host == "" {
		host = r.Host
	}
	return scheme + host + path
}
