package assessment

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckText returns the text without white space around it and with line ends as \n, or an Error on the field: it must
// be valid UTF-8 without control characters (but line ends and tabs where it may have several lines), of at most limit
// characters. Label names the field for the person. An empty text passes.
func CheckText(field, label, value string, limit int, multiline bool) (string, *Error) {
	if !utf8.ValidString(value) {
		return "", InvalidField(field, label+" contains bytes that are not UTF-8")
	}
	if multiline {
		value = plainLines(value)
	}
	value = strings.TrimSpace(value)
	if i := strings.IndexFunc(value, func(r rune) bool { return forbidden(r, multiline) }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(value[i:])
		return "", InvalidField(field, fmt.Sprintf("%s contains a control character, U+%04X", label, r))
	}
	if n := utf8.RuneCountInString(value); n > limit {
		return "", InvalidField(field, fmt.Sprintf("%s has %d characters; at most %d are allowed", label, n, limit))
	}
	return value, nil
}

func forbidden(r rune, multiline bool) bool {
	if multiline && (r == '\n' || r == '\t') {
		return false
	}
	return unicode.IsControl(r)
}

// CheckURL returns the address without white space around it, or an Error on the field: it must be http or https with
// a host, of at most MaxURL characters. An empty one passes.
func CheckURL(field, label, value string) (string, *Error) {
	value, failure := CheckText(field, label, value, MaxURL, false)
	if failure != nil || value == "" {
		return "", failure
	}
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || strings.ContainsRune(value, ' ') {
		return "", InvalidField(field, "Enter "+anyOf(label)+" such as https://example.org/page")
	}
	if u.User != nil {
		return "", InvalidField(field, label+" must not have a name or password before its host, because it looks like another address")
	}
	return value, nil
}

// Required returns an Error on the field where the value is blank.
func Required(field, label, value string) *Error {
	if strings.TrimSpace(value) == "" {
		return InvalidField(field, "Enter "+anyOf(label))
	}
	return nil
}

// anyOf returns "a name" for "The name", as a request says it.
func anyOf(label string) string {
	thing := strings.TrimPrefix(strings.TrimPrefix(label, "The "), "A ")
	if strings.ContainsRune("aeio", rune(thing[0])) {
		return "an " + thing
	}
	return "a " + thing
}

// FieldErrors collects at most one Error for each field.
type FieldErrors Errors

// Add adds a failure unless it is nil, or its field has one already.
func (c *FieldErrors) Add(failure *Error) {
	if failure != nil && Errors(*c).On(failure.Field) == "" {
		*c = append(*c, failure)
	}
}

// text checks a text and complains, and returns the cleaned one.
func (c *FieldErrors) text(field, label, value string, limit int, multiline bool) string {
	clean, failure := CheckText(field, label, value, limit, multiline)
	c.Add(failure)
	return clean
}

// Needed checks a text that must not be blank.
func (c *FieldErrors) Needed(field, label, value string, limit int, multiline bool) string {
	c.Add(Required(field, label, value))
	return c.text(field, label, value, limit, multiline)
}

// date checks a day, which may be left out.
func (c *FieldErrors) date(field, label string, date Date) {
	if _, err := ParseDate(string(date)); err != nil {
		c.Add(InvalidField(field, "Enter "+anyOf(label)+" such as 2027-03-31"))
	}
}

// Err returns them as Errors, nil where there are none.
func (c FieldErrors) Err() error { return Errors(c).Err() }
