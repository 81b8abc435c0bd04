package assessment

import (
	"net/mail"
	"strings"
	"unicode/utf8"
)

// CheckPerson returns a new account with a name and an address in the form that accounts have them, or Errors on the
// fields name and email.
func CheckPerson(name, email string) (User, error) {
	var c fieldErrors
	cleanName, failure := CheckPersonName(name)
	c.add(failure)
	cleanEmail, failure := CheckEmail(email)
	c.add(failure)
	return User{Name: cleanName, Email: cleanEmail}, c.err()
}

// CheckPersonName returns a person's name without white space around it, or an Error on the field name.
func CheckPersonName(name string) (string, *Error) { return checkName("A name", name) }

// CheckTeamName returns a team's name without white space around it, or an Error on the field name.
func CheckTeamName(name string) (string, *Error) { return checkName("A team's name", name) }

func checkName(label, name string) (string, *Error) {
	if missing := required("name", label, name); missing != nil {
		return "", missing
	}
	return CheckText("name", label, name, MaxName, false)
}

// CheckEmail returns an address in the form that accounts have it, or an Error on the field email.
func CheckEmail(email string) (string, *Error) {
	folded := strings.ToLower(strings.TrimSpace(email))
	parsed, err := mail.ParseAddress(folded)
	if err != nil || parsed.Address != folded || len(folded) > MaxEmail || !utf8.ValidString(email) {
		return "", InvalidField("email", "Enter an address such as ines@example.com")
	}
	return folded, nil
}

// CheckRole returns an Error on the field role unless it is one of the roles.
func CheckRole(r Role) *Error {
	if r.rank() == 0 {
		return InvalidField("role", "There is no such role")
	}
	return nil
}
