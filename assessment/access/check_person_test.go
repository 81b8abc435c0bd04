package access

import (
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestCheckEmail(t *testing.T) {
	for email, want := range map[string]string{
		" Ines@Example.com ":                "ines@example.com",
		"o'brien+x@example.co.uk":           "o'brien+x@example.co.uk",
		"ünsal@example.com":                 "ünsal@example.com",
		"Jose\u0301@example.com":            "josé@example.com",
		"JOSÉ@example.com":                  "josé@example.com",
		"ines@Bücher.example":               "ines@xn--bcher-kva.example",
		"ines@xn--bcher-kva.example":        "ines@xn--bcher-kva.example",
		"\u0130nes@example.com":             "", // a capital with a dot, whose lower case is i
		"\u212a@example.com":                "", // the sign of the kelvin
		"\uff49nes@example.com":             "",
		"ines\uff20example.com":             "",
		"in\u200bes@example.com":            "",
		"in\u00ades@example.com":            "",
		"\u202eines@example.com":            "",
		"ines@exam\u200bple.com":            "",
		"":                                  "",
		"ines":                              "",
		"ines@":                             "",
		"Ines <ines@example.com>":           "",
		"a@example.com, b@example.com":      "",
		"ines\x00@example.com":              "",
		"ines\xff@example.com":              "",
		"ines@example.com\r\nBcc: x@y.com":  "",
		strings.Repeat("a", 250) + "@b.com": "",
	} {
		got, problem := CheckEmail(email)
		if got != want || (problem == nil) != (want != "") || (problem != nil && problem.Field != "email") {
			t.Errorf("CheckEmail(%q) = %q, %v, want %q", email, got, problem, want)
		}
	}
}

// message returns what a check says of a text.
func message(check func(string) (string, *assessment.Error)) func(string) string {
	return func(text string) string {
		if _, problem := check(text); problem != nil {
			return problem.Message
		}
		return ""
	}
}
