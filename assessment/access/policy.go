package access

import (
	"errors"
	"fmt"
	"slices"

	"plumbline/assessment"
)

// Action is something that a person may or may not do in a team.
type Action string

// The actions.
const (
	ActRead          Action = "read"           // look at workloads, snapshots and stored reports, and download them
	ActAnswer        Action = "answer"         // answer practices
	ActDecide        Action = "decide"         // record what was settled about a tradeoff
	ActPlan          Action = "plan"           // change the plan
	ActSnapshot      Action = "snapshot"       // take a snapshot
	ActReport        Action = "report"         // draw a new report
	ActWorkload      Action = "workload"       // create, edit and archive workloads
	ActPriorities    Action = "priorities"     // say how much the pillars count
	ActScope         Action = "scope"          // say what the workload does, which decides what is asked
	ActMove          Action = "move"           // go on with an assessment on another questionnaire
	ActShare         Action = "share"          // make and revoke links to a report
	ActCompareAcross Action = "compare_across" // compare different workloads
	ActApprove       Action = "approve"        // approve a snapshot
	ActTransfer      Action = "transfer"       // move workloads out of a team, and into it
	ActMembers       Action = "members"        // invite people, set roles, rename the team
	ActLibrary       Action = "library"        // add questionnaires, and say which ones the team is offered
	ActAudit         Action = "audit"          // read the audit log of the team
	ActAdminister    Action = "administer"     // accounts, teams and the log of the whole installation
)

// rule says which role an action takes at least, "" for an administrator's, whether a token that may only read will do,
// and how the action goes on after "may".
type rule struct {
	action Action
	role   Role
	reads  bool
	says   string
}

// rules returns the whole policy, in the order of the roles.
func rules() []rule {
	return []rule{
		{ActRead, Viewer, true, "view it"},
		{ActAnswer, Architect, false, "answer practices"},
		{ActDecide, Architect, false, "record decisions"},
		{ActPlan, Architect, false, "change the plan"},
		{ActSnapshot, Architect, false, "create snapshots"},
		{ActReport, Architect, false, "create reports"},
		{ActWorkload, Architect, false, "create, edit and archive workloads"},
		{ActPriorities, Architect, false, "change priorities"},
		{ActScope, Architect, false, "change the scope"},
		{ActMove, Architect, false, "move it to another questionnaire"},
		{ActShare, Architect, false, "share reports"},
		{ActCompareAcross, Lead, true, "compare workloads with each other"},
		{ActApprove, Lead, false, "approve snapshots"},
		{ActTransfer, Lead, false, "move its workloads to another team"},
		{ActMembers, Lead, false, "manage its members"},
		{ActLibrary, Lead, false, "manage its questionnaires"},
		{ActAudit, Lead, true, "read its audit log"},
		{ActAdminister, "", false, "manage this installation"},
	}
}

// TokenScope says how much of what a person may do an API token may do in their name.
type TokenScope string

// The scopes of tokens.
const (
	ScopeRead  TokenScope = "read"
	ScopeWrite TokenScope = "write"
)

// Actor is the person who asks for something, with all that decides what they may do. The zero Actor is nobody.
type Actor struct {
	User        User
	Memberships []Membership
	Scope       TokenScope // of the token that asks; empty, which means everything, for a session
	Token       string     // name of the token that asks, for the audit log; empty for a session
	TokenID     string     // of the token that asks; empty for a session
	Rights      int64      // how often what the person may do had changed when this was read; 0 where nobody counted
	Grant       Grant      // what the door let them in for
	Address     string     // where the request came from, for the audit log
}

// Role returns what the person is in a team, "" if they are not a member. An administrator leads every team.
func (a Actor) Role(team string) Role {
	if !a.known() {
		return ""
	}
	if a.User.Admin {
		return Lead
	}
	i := slices.IndexFunc(a.Memberships, func(m Membership) bool { return m.Team.ID == team })
	if i < 0 {
		return ""
	}
	return a.Memberships[i].Role
}

func (a Actor) known() bool { return a.User.ID != "" && !a.User.Disabled() }

// Covers reports whether the role may do what the other may.
func (r Role) Covers(other Role) bool { return r.rank() >= other.rank() }

// rank returns 0 for no role, and more for a role that may do more.
func (r Role) rank() int {
	return slices.Index([]Role{Viewer, Architect, Lead}, r) + 1
}

// Allow returns nil where the actor may do it in the team. Otherwise the Error is Unauthenticated where nobody is signed
// in, NotFound where the actor may not even know of the team, and Forbidden, with a message that says who may, where
// they may do less than this. The team does not matter to ActAdminister.
func Allow(a Actor, action Action, team string) error {
	if !a.known() {
		return assessment.Errorf(assessment.Unauthenticated, "Sign in first")
	}
	all := rules()
	i := slices.IndexFunc(all, func(r rule) bool { return r.action == action })
	if i < 0 {
		return assessment.Errorf(assessment.Forbidden, "This action does not exist")
	}
	r := all[i]
	if err := r.allows(a, team); err != nil {
		return err
	}
	if !r.reads && a.Scope != "" && a.Scope != ScopeWrite {
		return assessment.Errorf(assessment.Forbidden, "This token is read-only")
	}
	return nil
}

// ErrForeign is in the chain of a NotFound about what is there, but belongs to a team that the actor is not in.
var ErrForeign = errors.New("it belongs to another team")

// Foreign returns a NotFound with ErrForeign and a message for the person.
func Foreign(message string) error { return assessment.Wrap(assessment.NotFound, ErrForeign, message) }

func (r rule) allows(a Actor, team string) error {
	if r.role == "" {
		if !a.User.Admin {
			return assessment.Errorf(assessment.Forbidden, "Only an administrator can %s", r.says)
		}
		return nil
	}
	role := a.Role(team)
	if role.rank() == 0 {
		return Foreign("This page does not exist, or it belongs to a team that you are not in")
	}
	if !role.Covers(r.role) {
		return assessment.Errorf(assessment.Forbidden, "Only %s can %s", r.role.holders(), r.says)
	}
	return nil
}

// AllowSomewhere returns nil where the actor may do it in one of the teams, an Error as Allow otherwise, but that nobody
// is told that there is no such thing.
func AllowSomewhere(a Actor, action Action) error {
	err := Allow(a, action, "")
	for _, m := range a.Memberships {
		if err = Allow(a, action, m.Team.ID); err == nil {
			return nil
		}
	}
	if assessment.CodeOf(err) == assessment.NotFound {
		return assessment.Errorf(assessment.Forbidden, "Only team members can do this")
	}
	return err
}

// AllowOn returns what Allow does for the team of a workload, and a Conflict where the workload is archived and the
// action would change what was said about it.
func AllowOn(a Actor, action Action, w assessment.Workload) error {
	if err := Allow(a, action, w.Team); err != nil {
		return err
	}
	changing := []Action{ActAnswer, ActDecide, ActPlan, ActSnapshot, ActPriorities, ActScope, ActMove}
	if slices.Contains(changing, action) {
		return w.CheckInUse()
	}
	return nil
}

// holders names those who have at least this role in a team.
func (r Role) holders() string {
	if r == Architect {
		return "an architect or a lead of this team"
	}
	return fmt.Sprintf("a %s of this team", r)
}

// May reports whether Allow returns nil.
func (a Actor) May(action Action, team string) bool { return Allow(a, action, team) == nil }

// TeamScope is a set of teams.
type TeamScope struct {
	All   bool     // every team, those of tomorrow included
	Teams []string // ids; nil where All, never nil otherwise
}

// Has reports whether a team is in the set.
func (s TeamScope) Has(team string) bool { return s.All || slices.Contains(s.Teams, team) }

// Empty reports whether no team can be in the set.
func (s TeamScope) Empty() bool { return !s.All && len(s.Teams) == 0 }

// Teams returns the teams in which the actor may do something: all of them for an administrator who may.
func (a Actor) Teams(action Action) TeamScope {
	if a.User.Admin && a.May(action, "") {
		return TeamScope{All: true}
	}
	s := TeamScope{Teams: []string{}}
	for _, m := range a.Memberships {
		if a.May(action, m.Team.ID) {
			s.Teams = append(s.Teams, m.Team.ID)
		}
	}
	return s
}
