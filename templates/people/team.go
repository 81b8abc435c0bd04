package people

import (
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// TeamsView lists teams: every one for an administrator, else the visitor's own.
type TeamsView struct {
	templates.Page
	Rows   []TeamRow
	All    bool   // every team of the installation, with the form that makes one
	Name   string // of a new team, as typed
	Errors templates.FormErrors
}

// TeamRow is one team of the list.
type TeamRow struct {
	Name      string
	URL       string
	Role      string // of the visitor; empty for none
	Leads     string // names
	Members   int
	Workloads int
}

// TeamView is the page of a team.
type TeamView struct {
	templates.Page
	ID          string
	Name        string
	Denied      string // why the visitor may not manage the team; empty where they may
	Role        string // what the visitor may do here
	Rename      RenameForm
	Members     []MemberRow
	Invite      InviteForm
	Link        *templates.NewLink // shown once, after an invitation was made
	Invitations []InvitationRow
	Workloads   []TeamWorkload
	Tokens      string // address of the API tokens with access to the team; empty where the visitor may not see them
	Audit       string // address of the audit log; empty where the visitor may not read it
	Delete      string // address that removes the team; empty for those who may not
	Kept        string // why the team cannot be removed now; empty where it can
	New         string // address of the form of a new workload; empty where the visitor may make none
	Errors      templates.FormErrors
	Failure     string // why nothing was changed although the form is right
}

// RenameForm is the form of a team's name.
type RenameForm struct {
	Name   string // as typed
	Seen   string // as the form saw it
	Stored string // as it is now, where somebody changed it meanwhile
}

// MemberRow is a person in a team.
type MemberRow struct {
	ID       string
	Name     string
	Email    string
	Role     access.Role
	Roles    []templates.Option
	URL      string
	Self     bool
	Admin    bool
	Disabled bool
	Unproven bool // nobody has confirmed the address
}

// InviteForm is the form of an invitation, as typed.
type InviteForm struct {
	Email string
	Roles []templates.Option
}

// InvitationRow is an invitation that nobody has used.
type InvitationRow struct {
	Email  string
	Role   string
	By     string
	Made   string
	Until  string
	Revoke string // address
}

// TeamWorkload is a workload of a team.
type TeamWorkload struct {
	Name  string
	URL   string
	Score string
	About []string
}

// Roles are the roles to choose from.
func Roles(chosen access.Role) []templates.Option {
	var list []templates.Option
	for _, role := range []access.Role{access.Viewer, access.Architect, access.Lead} {
		list = append(list, templates.Option{Value: string(role), Title: words.Role(role), Chosen: role == chosen})
	}
	return list
}
