package awslens

import (
	"net/url"
	"regexp"
	"strings"

	"plumbline/assessment"
)

var (
	nextAddress = regexp.MustCompile(`[\s,;]+(https?://)`)
	anyBlank    = regexp.MustCompile(`\s+`)
)

// addresses returns the http and https addresses in a text that should be one: none, one or several.
func (v value) addresses(s string) []string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if s == "" {
		return nil
	}
	parts := strings.Split(nextAddress.ReplaceAllString(s, "\n$1"), "\n")
	if len(parts) > 1 && strings.HasPrefix(parts[0], "http") {
		v.lose("%d addresses in one text: each is a link of its own", len(parts))
	}
	var found []string
	for _, part := range parts {
		address := strings.TrimRight(strings.TrimSpace(part), ",;")
		if address == "" {
			continue
		}
		if anyBlank.MatchString(address) && isAddress(anyBlank.ReplaceAllString(address, "%20")) {
			v.lose("the address %s holds spaces: they are written as %%20", shorten(address))
			address = anyBlank.ReplaceAllString(address, "%20")
		}
		if !isAddress(address) {
			v.lose("no http or https address: %s is left out", shorten(address))
			continue
		}
		found = append(found, address)
	}
	return found
}

// isAddress reports whether s is an http or https address that a questionnaire file may hold.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= assessment.MaxURL && !strings.ContainsAny(s, " \\") && strings.Map(printable, s) == s &&
		(u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// host returns the name of the machine in an address.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Hostname()
}

func titleOr(title, address string) string {
	if title == "" {
		return host(address)
	}
	return title
}
