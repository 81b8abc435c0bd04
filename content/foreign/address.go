package foreign

import (
	"net/url"
	"strings"

	"plumbline/assessment"
)

var (
	nextAddress = LazyRegexp(`[\s,;]+(https?:/)`)
	anyBlank    = LazyRegexp(`\s+`)
	oneSlash    = LazyRegexp(`^(https?):/([^/])`)
)

// Addresses returns the http and https addresses in a text that should be one: none, one or several.
func (v Value) Addresses(s string) []string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if s == "" {
		return nil
	}
	parts := strings.Split(nextAddress().ReplaceAllString(s, "\n$1"), "\n")
	if len(parts) > 1 && strings.HasPrefix(parts[0], "http") {
		v.Lose("%d addresses in one text: each becomes a separate link", len(parts))
	}
	var found []string
	for _, part := range parts {
		address := strings.TrimRight(strings.TrimSpace(part), ",;")
		if address == "" {
			continue
		}
		if oneSlash().MatchString(address) {
			v.Lose("the address %s lacks a slash: it is added", Shorten(address))
			address = oneSlash().ReplaceAllString(address, "$1://$2")
		}
		if anyBlank().MatchString(address) && IsAddress(anyBlank().ReplaceAllString(address, "%20")) {
			v.Lose("the address %s contains spaces: they are encoded as %%20", Shorten(address))
			address = anyBlank().ReplaceAllString(address, "%20")
		}
		if !IsAddress(address) {
			v.Lose("not an http or https address: %s is left out", Shorten(address))
			continue
		}
		found = append(found, address)
	}
	return found
}

// IsAddress reports whether s is an http or https address that a questionnaire file may hold.
func IsAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= assessment.MaxURL && !strings.ContainsAny(s, " \\") && strings.Map(Printable, s) == s &&
		(u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// Host returns the name of the machine in an address.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Hostname()
}

// TitleOr returns the title of a link, the name of the machine where it has none.
func TitleOr(title, address string) string {
	if title == "" {
		return Host(address)
	}
	return title
}
