package words

import "plumbline/assessment"

// Role returns what people call a role: "Viewer", "Architect" or "Lead", and "None" for somebody without one.
func Role(r assessment.Role) string {
	switch r {
	case assessment.Viewer:
		return "Viewer"
	case assessment.Architect:
		return "Architect"
	case assessment.Lead:
		return "Lead"
	}
	return "None"
}

// ARole returns a role inside a sentence: "an architect", "a lead".
func ARole(r assessment.Role) string {
	if r == assessment.Architect {
		return "an architect"
	}
	return "a " + Lower(Role(r))
}

// RoleMay says in a sentence what a role may do, and nothing for somebody without one.
func RoleMay(r assessment.Role) string {
	switch r {
	case assessment.Viewer:
		return "A viewer reads everything of the team and downloads its reports."
	case assessment.Architect:
		return "An architect also answers, decides, plans, creates snapshots and shares reports."
	case assessment.Lead:
		return "A lead also compares workloads, approves snapshots and manages members."
	}
	return ""
}
