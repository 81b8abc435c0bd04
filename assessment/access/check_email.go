package access

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"plumbline/assessment"
)

// CheckEmail returns an address in the form that accounts have it, or an Error on the field email: in lower case,
// composed (Unicode's NFC), and with the domain in ASCII. What only looks like another character is refused: full-width
// letters, and letters whose lower case is one of ASCII.
func CheckEmail(email string) (string, *assessment.Error) {
	malformed := assessment.InvalidField("email", "Enter an address such as ines@example.com")
	email = strings.TrimSpace(email)
	if !utf8.ValidString(email) || strings.ContainsFunc(email, unicode.IsControl) {
		return "", malformed
	}
	if failure := assessment.CheckVisible("email", "The address", email); failure != nil {
		return "", failure
	}
	composed := norm.NFC.String(email)
	if norm.NFKC.String(email) != composed || strings.ContainsFunc(email, becomesASCII) {
		return "", assessment.InvalidField("email", "The address contains letters that look like other letters. Type it again on a standard keyboard")
	}
	local, domain, _ := strings.Cut(strings.ToLower(composed), "@")
	domain, err := asciiDomain(domain)
	folded := local + "@" + domain
	if err != nil || len(folded) > assessment.MaxEmail {
		return "", malformed
	}
	if parsed, err := mail.ParseAddress(folded); err != nil || parsed.Address != folded {
		return "", malformed
	}
	return folded, nil
}

// becomesASCII reports whether a letter turns into one of ASCII in lower case or when it is composed, such as the sign of
// the kelvin.
func becomesASCII(r rune) bool { return r > unicode.MaxASCII && unicode.ToLower(r) <= unicode.MaxASCII }

func asciiDomain(domain string) (string, error) {
	if !strings.ContainsFunc(domain, func(r rune) bool { return r > unicode.MaxASCII }) {
		return domain, nil
	}
	return idna.Lookup.ToASCII(domain)
}

// FoldEmail returns the form in which an account would have an address. One that no account can have stays as it was
// typed, so that it is not taken for another.
func FoldEmail(email string) string {
	if folded, failure := CheckEmail(email); failure == nil {
		return folded
	}
	return TypedEmail(email)
}

// TypedEmail returns an address as it was typed, with the letters of ASCII in lower case. Accounts from before addresses
// were composed have that form.
func TypedEmail(email string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return r
		}
		return unicode.ToLower(r)
	}, strings.TrimSpace(email))
}
