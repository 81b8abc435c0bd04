package people

import (
	"net/url"

	"plumbline/templates"
)

// TokensView is a list of API tokens of others.
type TokensView struct {
	templates.Page
	Title string
	Lead  string
	Rows  []TokenRow
}

// TokenRow is an API token of somebody.
type TokenRow struct {
	Person    string
	PersonURL string // empty for those who may not see it
	Email     string
	Name      string
	Scope     string
	Made      string
	Used      string
	Ends      string
	Stopped   bool   // it works again once the person signs in
	Revoke    string // address that revokes it; empty for those who may not
}

// AllTokensURL lists the API tokens of everybody.
const AllTokensURL = templates.PeopleURL + "/tokens"

// RevokeTokenURL revokes a token of anybody.
func RevokeTokenURL(token string) string {
	return AllTokensURL + "/" + url.PathEscape(token) + "/revoke"
}

// TeamTokensURL lists the API tokens with access to a team.
func TeamTokensURL(team string) string { return templates.TeamURL(team) + "/tokens" }

// RevokeTeamTokenURL revokes one of them.
func RevokeTeamTokenURL(team, token string) string {
	return TeamTokensURL(team) + "/" + url.PathEscape(token) + "/revoke"
}
