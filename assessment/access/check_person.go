package access

import "plumbline/assessment"

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

// CheckPersonName returns a person's name as accounts have it, see assessment.CheckName, or an Error on the field name.
// Nobody may use a name that the audit log uses for the program itself.
func CheckPersonName(name string) (string, *assessment.Error) {
	name, failure := checkName("A name", name)
	if failure == nil && isOwnName(name) {
		return "", assessment.InvalidField("name", "This name is reserved for Plumbline, or looks like a reserved one. Enter another name")
	}
	return name, failure
}

// CheckTeamName returns a team's name as it is stored, see assessment.CheckName, or an Error on the field name.
func CheckTeamName(name string) (string, *assessment.Error) { return checkName("A team's name", name) }

func checkName(label, name string) (string, *assessment.Error) {
	if missing := assessment.Required("name", label, name); missing != nil {
		return "", missing
	}
	return assessment.CheckName("name", label, name, assessment.MaxName)
}

// CheckRole returns an Error on the field role unless it is one of the roles.
func CheckRole(r Role) *assessment.Error {
	if r.rank() == 0 {
		return assessment.InvalidField("role", "Choose a role from the list")
	}
	return nil
}
