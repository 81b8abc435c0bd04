package access

import (
	"strings"
	"testing"
)

func TestCheckEmail(t *testing.T) {
	for email, want := range map[string]string{
		" Ines@Example.com ":                "ines@example.com",
		"o'brien+x@example.co.uk":           "o'brien+x@example.co.uk",
		"ünsal@example.com":                 "ünsal@example.com",
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
