package assessment

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"
)

// CheckName is CheckText for what people recognize somebody or something by: what looks the same is the same. It returns
// the name composed (Unicode's NFC) and with single spaces, and refuses characters that cannot be seen or that turn the
// direction of text, naming them.
func CheckName(field, label, value string, limit int) (string, *Error) {
	value, failure := CheckText(field, label, value, limit, false)
	if failure != nil {
		return "", failure
	}
	if failure := CheckVisible(field, label, value); failure != nil {
		return "", failure
	}
	return strings.Join(strings.Fields(norm.NFC.String(value)), " "), nil
}

// CheckVisible returns an Error on the field where the text has a character that cannot be seen. Joiners pass where a
// script or an emoji needs them.
func CheckVisible(field, label, value string) *Error {
	last := rune(0)
	for _, r := range value {
		if invisible(r) && !(joins(r) && joinable(last)) {
			return InvalidField(field, fmt.Sprintf("%s contains an invisible character: %s (U+%04X). Delete it, or type the text again",
				label, strings.ToLower(runenames.Name(r)), r))
		}
		last = r
	}
	if value != "" && strings.IndexFunc(value, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsMark(r) }) < 0 {
		return InvalidField(field, label+" must contain a letter or a digit")
	}
	return nil
}

// invisible reports whether a character shows nothing, or anything at all: those that format, that nobody has assigned
// a shape, and the blank ones that count as letters.
func invisible(r rune) bool {
	const brailleBlank = '⠀'
	return r == brailleBlank || !unicode.IsGraphic(r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

func joins(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return r == nonJoiner || r == joiner || unicode.Is(unicode.Variation_Selector, r)
}

// joinable reports whether joiners may follow: after symbols, and letters of the scripts whose letters connect.
func joinable(r rune) bool {
	return unicode.In(r, unicode.So, unicode.Sk, unicode.Variation_Selector, unicode.Arabic, unicode.Bengali, unicode.Devanagari,
		unicode.Gujarati, unicode.Gurmukhi, unicode.Kannada, unicode.Malayalam, unicode.Mongolian, unicode.Oriya, unicode.Sinhala,
		unicode.Syriac, unicode.Tamil, unicode.Telugu)
}

// name checks a name that must not be blank.
func (c *FieldErrors) name(field, label, value string, limit int) string {
	c.Add(Required(field, label, value))
	clean, failure := CheckName(field, label, value, limit)
	c.Add(failure)
	return clean
}
