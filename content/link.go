package content

import (
	"net/url"
	"strings"

	"plumbline/assessment"
)

func (v value) link() assessment.Link {
	m, ok := v.mapping("a link (title, url)", "title", "url")
	if !ok {
		return assessment.Link{}
	}
	return assessment.Link{Title: m.title("title"), URL: m.requiredURL()}
}

// requiredURL returns the address under the key url, complaining where it is missing.
func (m mapping) requiredURL() string {
	m.required("url", "an http or https address")
	return m.url()
}

// url returns the address under the key url, empty where the key is missing.
func (m mapping) url() string {
	v, ok := m.fields["url"]
	if !ok {
		return ""
	}
	s, ok := v.text(assessment.MaxURL, false)
	if !ok {
		return ""
	}
	if message := wrongURL(s); message != "" {
		v.complain("%s", message)
	}
	return s
}

// wrongURL says what keeps s from being an http or https address with a host; empty where nothing does.
func wrongURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, " \\") {
		return "expected an http or https address, found " + shorten(s)
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return "expected an address that begins with http:// or https://, found " + shorten(s)
	}
	if u.Hostname() == "" {
		return "expected an address with a host, found " + shorten(s)
	}
	return ""
}
