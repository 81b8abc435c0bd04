package access

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"plumbline/assessment"
)

// CheckPerson returns a new account with a name and an address in the form that accounts have them, or Errors on the
// fields name and email.
func CheckPerson(name, email string) (User, error) {
	var c assessment.FieldErrors
	cleanName, failure := CheckPersonName(name)
	c.Add(failure)
	cleanEmail, failure := CheckEmail(email)
	c.Add(failure)
	return User{Name: cleanName, Email: cleanEmail}, c.Err()
}

// CheckPersonName returns a person's name without white space around it, or an Error on the field name.
func CheckPersonName(name string) (string, *assessment.Error) { return checkName("A name", name) }

// CheckTeamName returns a team's name without white space around it, or an Error on the field name.
func CheckTeamName(name string) (string, *assessment.Error) { return checkName("A team's name", name) }

func checkName(label, name string) (string, *assessment.Error) {
	if missing := assessment.Required("name", label, name); missing != nil {
		return "", missing
	}
	return assessment.CheckText("name", label, name, assessment.MaxName, false)
}

// CheckEmail returns an address in the form that accounts have it, or an Error on the field email.
func CheckEmail(email string) (string, *assessment.Error) {
	folded := strings.ToLower(strings.TrimSpace(email))
	parsed, err := mail.ParseAddress(folded)
	if err != nil || parsed.Address != folded || len(folded) > assessment.MaxEmail || !utf8.ValidString(email) {
		return "", assessment.InvalidField("email", "Enter an address such as ines@example.com")
	}
	return folded, nil
}

// CheckRole returns an Error on the field role unless it is one of the roles.
func CheckRole(r Role) *assessment.Error {
	if r.rank() == 0 {
		return assessment.InvalidField("role", "Choose one of the roles")
	}
	return nil
}
