package templates

import "net/url"

// The addresses of people and teams.
const (
	TeamsURL  = "/teams"
	PeopleURL = "/people"
	InviteURL = "/invite"
)

// TeamURL is the page of a team.
func TeamURL(team string) string { return TeamsURL + "/" + url.PathEscape(team) }

// DeleteTeamURL removes a team.
func DeleteTeamURL(team string) string { return TeamURL(team) + "/delete" }

// NewWorkloadInURL is the form of a new workload of a team.
func NewWorkloadInURL(team string) string {
	return NewWorkloadURL + "?" + url.Values{FieldTeam: {team}}.Encode()
}

// MemberURL changes what a person is in a team.
func MemberURL(team, account string) string {
	return TeamURL(team) + "/members/" + url.PathEscape(account)
}

// InvitationsURL makes an invitation to a team.
func InvitationsURL(team string) string { return TeamURL(team) + "/invitations" }

// RevokeInvitationURL takes an invitation to a team back.
func RevokeInvitationURL(team, invitation string) string {
	return InvitationsURL(team) + "/" + url.PathEscape(invitation) + "/revoke"
}

// PersonURL changes an account.
func PersonURL(account string) string { return PeopleURL + "/" + url.PathEscape(account) }

// UseInviteURL is where an invitation is accepted.
func UseInviteURL(token string) string {
	return InviteURL + "?" + url.Values{"token": {token}}.Encode()
}

// UseResetURL is where a new password is chosen.
func UseResetURL(token string) string {
	return ResetURL + "?" + url.Values{"token": {token}}.Encode()
}

// AuditURL is the audit log of the whole installation.
const AuditURL = "/audit"

// TeamAuditURL is the audit log of a team.
func TeamAuditURL(team string) string { return TeamURL(team) + "/audit" }
