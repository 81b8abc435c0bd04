package web

import (
	"errors"
	"net/http"

	"plumbline/assessment"
)

// denied says why the visitor may not do an action in a team whose things they may look at; empty where they may.
func denied(r *http.Request, action assessment.Action, team string) string {
	err := allow(r, action, team)
	if err == nil {
		return ""
	}
	if known, ok := errors.AsType[*assessment.Error](err); ok {
		return "You may look at what belongs to this team. " + known.Message + "."
	}
	return "You may look at what belongs to this team."
}
