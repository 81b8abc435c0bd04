package page

import (
	"errors"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Access says who may use a route.
type Access struct {
	Token     bool          // by an API token, and never by a session
	Faceless  bool          // it is the same for everybody: nobody asks who it is
	anonymous bool          // without an account
	somewhere bool          // the action must be allowed in some team, whichever: the address names none
	action    access.Action // what must be allowed in the team of what the address names; empty for any account
}

// Access that depends on no action.
var (
	Faceless = Access{Faceless: true, anonymous: true}
	Public   = Access{anonymous: true} // with or without an account
	SignedIn = Access{}                // everybody with an account: what is shown is their own
)

// May is open to those who may do the action in the team that the address leads to.
func May(action access.Action) Access { return Access{action: action} }

// MaySomewhere is open to those who may do the action in one of their teams.
func MaySomewhere(action access.Action) Access { return Access{action: action, somewhere: true} }

// ByToken is the same for programs.
func (a Access) ByToken() Access {
	a.Token = true
	return a
}

// Admit returns an error unless the visitor may use a route: Unauthenticated without an account, else Forbidden, or
// NotFound where they may not know that what the address names is there. What it names is read for the handler.
func (k *Kit) Admit(r *http.Request, a Access) error {
	if a.anonymous {
		return nil
	}
	v := VisitorOf(r)
	if v == nil {
		return assessment.Errorf(assessment.Unauthenticated, "Sign in first")
	}
	if a.action == "" {
		return nil
	}
	if a.action == access.ActAdminister {
		v.Grant = access.Grant{Action: a.action}
		return access.Allow(v.Actor, a.action, "")
	}
	if a.somewhere {
		return access.AllowSomewhere(v.Actor, a.action)
	}
	workload, err := k.find(r, v)
	if err != nil {
		return err
	}
	v.Grant = access.Grant{Action: a.action, Team: workload.Team}
	return access.AllowOn(v.Actor, a.action, workload)
}

// Allow returns an error unless the visitor may do the action on a workload.
func Allow(r *http.Request, action access.Action, w assessment.Workload) error {
	return access.AllowOn(ActorOf(r), action, w)
}

// Denied says why the visitor may not do an action on a workload that they may look at; empty where they may.
func Denied(r *http.Request, action access.Action, w assessment.Workload) string {
	err := Allow(r, action, w)
	if err == nil {
		return ""
	}
	if assessment.CodeOf(err) == assessment.Conflict {
		return err.Error() + "."
	}
	says := "You have read-only access to this team."
	if known, ok := errors.AsType[*assessment.Error](err); ok {
		says += " " + known.Message + "."
	}
	return says
}
