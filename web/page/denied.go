package page

import (
	"errors"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Denied says why the visitor may not do an action on a workload that they may look at; empty where they may.
func Denied(r *http.Request, action access.Action, w assessment.Workload) string {
	err := Allow(r, action, w)
	if err == nil {
		return ""
	}
	if assessment.CodeOf(err) == assessment.Conflict {
		return err.Error() + "."
	}
	if known, ok := errors.AsType[*assessment.Error](err); ok {
		return "You may look at what belongs to this team. " + known.Message + "."
	}
	return "You may look at what belongs to this team."
}
