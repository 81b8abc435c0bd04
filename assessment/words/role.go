package words

import "plumbline/assessment/access"

// Role returns what people call a role: "Viewer", "Architect" or "Lead", and "None" for somebody without one.
func Role(r access.Role) string {
	switch r {
	case access.Viewer:
		return "Viewer"
	case access.Architect:
		return "Architect"
	case access.Lead:
		return "Lead"
	}
	return "None"
}

// ARole returns a role inside a sentence: "an architect", "a lead".
func ARole(r access.Role) string {
	if r == access.Architect {
		return "an architect"
	}
	return "a " + Lower(Role(r))
}

// RoleMay says in a sentence what a role may do, and nothing for somebody without one.
func RoleMay(r access.Role) string {
	switch r {
	case access.Viewer:
		return "A viewer reads everything of the team and downloads its reports."
	case access.Architect:
		return "An architect also answers, decides, plans, creates snapshots and shares reports."
	case access.Lead:
		return "A lead also compares workloads, approves snapshots and manages members."
	}
	return ""
}

// TokenScope says what an API token does, after its name.
func TokenScope(scope access.TokenScope) string {
	if scope == access.ScopeWrite {
		return "reads and writes"
	}
	return "reads"
}
