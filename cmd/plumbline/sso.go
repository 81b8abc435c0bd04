package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"plumbline/assessment/access"
	"plumbline/web/account"
)

// ssoSettings is how people sign in through an OpenID provider.
type ssoSettings struct {
	Issuer      string   `help:"Issuer URL of the OpenID provider, for example https://login.microsoftonline.com/TENANT-ID/v2.0; default: off." env:"ISSUER"`
	ClientID    string   `name:"client-id" help:"Client ID of this installation at the provider." env:"CLIENT_ID"`
	SecretFile  string   `name:"client-secret-file" help:"File with the client secret." env:"CLIENT_SECRET_FILE" type:"path"`
	Name        string   `help:"Name of the provider on the sign-in button." default:"single sign-on" env:"NAME"`
	Groups      []string `name:"group" help:"GROUP=TEAM:ROLE gives members of the provider's group a role in a team: viewer, architect or lead. Other people who sign in this way lose theirs. Can be repeated." env:"GROUPS" placeholder:"GROUP=TEAM:ROLE"`
	GroupsClaim string   `help:"Claim that lists a person's groups." default:"groups" env:"GROUPS_CLAIM"`
	CreateTeams bool     `help:"Create the teams in --oidc-group that do not exist, instead of refusing to start; default: off." env:"CREATE_TEAMS"`
	AdminGroup  string   `help:"Group of the provider whose members are administrators. Other people who sign in this way are not; default: set on the People page." env:"ADMIN_GROUP"`
	TokenDays   int      `help:"Days after their last sign-in at which API tokens of people who use single sign-on stop until they sign in again; 0 for never." default:"30" env:"TOKEN_DAYS"`
	Only        bool     `help:"Only administrators can sign in with a password; default: off." env:"ONLY"`
}

// ssoSecretVariable may contain the client secret itself. There is no flag for it: other users of the machine see flags.
const ssoSecretVariable = "PLUMBLINE_OIDC_CLIENT_SECRET"

// check returns every problem that the settings show on their own.
func (s *ssoSettings) check() error {
	if s.Issuer == "" {
		if s.ClientID+s.SecretFile+s.AdminGroup != "" || len(s.Groups) > 0 || s.CreateTeams || s.Only {
			return errors.New("single sign-on settings require --oidc-issuer")
		}
		return nil
	}
	var badIssuer, noClient error
	if err := account.CheckIssuer(s.Issuer); err != nil {
		badIssuer = fmt.Errorf("--oidc-issuer: %w", err)
	}
	if s.ClientID == "" {
		noClient = errors.New("--oidc-issuer requires --oidc-client-id")
	}
	_, noSecret := s.secret()
	_, badGroups := s.rules()
	var badDays error
	if s.TokenDays < 0 || s.TokenDays > 366 {
		badDays = fmt.Errorf("--oidc-token-days: %d is not a number from 0 to 366", s.TokenDays)
	}
	return errors.Join(badIssuer, noClient, noSecret, badGroups, badDays)
}

// secret returns the client secret: from the variable if it is set, else from the file.
func (s *ssoSettings) secret() (string, error) {
	if secret := os.Getenv(ssoSecretVariable); secret != "" {
		return secret, nil
	}
	if s.SecretFile == "" {
		return "", fmt.Errorf("--oidc-issuer requires the client secret, in the file --oidc-client-secret-file or in %s", ssoSecretVariable)
	}
	text, err := os.ReadFile(s.SecretFile)
	if err != nil {
		return "", fmt.Errorf("read the client secret: %w", err)
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		return "", fmt.Errorf("the client secret file %s is empty", s.SecretFile)
	}
	return secret, nil
}

// tokenIdle returns how long API tokens of people who use single sign-on work without a sign-in, 0 for ever.
func (s *ssoSettings) tokenIdle() time.Duration {
	if s.Issuer == "" {
		return 0
	}
	return time.Duration(s.TokenDays) * 24 * time.Hour
}

// groupRule is a mapping as it is written, with the team's name.
type groupRule struct {
	group, team string
	role        access.Role
}

// rules reads the mappings of groups.
func (s *ssoSettings) rules() ([]groupRule, error) {
	var rules []groupRule
	var bad []error
	for _, text := range s.Groups {
		group, rest, mapped := strings.Cut(text, "=")
		colon := strings.LastIndex(rest, ":")
		if !mapped || group == "" || colon < 1 {
			bad = append(bad, fmt.Errorf("--oidc-group: %q is not of the form GROUP=TEAM:ROLE", text))
			continue
		}
		rule := groupRule{strings.TrimSpace(group), strings.TrimSpace(rest[:colon]), access.Role(strings.TrimSpace(rest[colon+1:]))}
		if access.CheckRole(rule.role) != nil {
			bad = append(bad, fmt.Errorf("--oidc-group: %q is not a role; use %s, %s or %s", rule.role,
				access.Viewer, access.Architect, access.Lead))
		}
		rules = append(rules, rule)
	}
	return rules, errors.Join(bad...)
}

// sso returns how people sign in through the provider, nil if there is none. Every team of a mapping must exist, or is
// created if the settings say so.
func (i *installation) sso(ctx context.Context) (*account.SSO, error) {
	s := &i.OIDC
	if s.Issuer == "" {
		return nil, nil
	}
	secret, err := s.secret()
	if err != nil {
		return nil, err
	}
	rules, err := s.rules()
	if err != nil {
		return nil, err
	}
	teams, err := i.store.Teams(ctx)
	if err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, team := range teams {
		ids[team.Name] = team.ID
	}
	options := &account.SSO{Issuer: s.Issuer, ClientID: s.ClientID, ClientSecret: secret, Name: s.Name, GroupsClaim: s.GroupsClaim,
		AdminGroup: s.AdminGroup, Only: s.Only}
	for _, rule := range rules {
		if ids[rule.team] == "" {
			if ids[rule.team], err = i.missingTeam(ctx, rule.team); err != nil {
				return nil, err
			}
		}
		options.Groups = append(options.Groups, account.GroupRole{Group: rule.group, Team: ids[rule.team], Role: rule.role})
	}
	return options, nil
}

// missingTeam creates a team that a mapping names, if the settings say so.
func (i *installation) missingTeam(ctx context.Context, name string) (id string, err error) {
	if !i.OIDC.CreateTeams {
		return "", fmt.Errorf("--oidc-group: the team %q does not exist; create it on the Teams page, correct its name, "+
			"or start with --oidc-create-teams", name)
	}
	team, err := i.store.CreateTeam(ctx, operator, name)
	if err != nil {
		return "", fmt.Errorf("--oidc-group: create the team %q: %w", name, err)
	}
	return team.ID, nil
}

// checkSSO reads the configuration that the provider publishes.
func (c *doctorCommand) checkSSO(ctx context.Context) finding {
	s := &c.OIDC
	if s.Issuer == "" {
		return fine("not configured")
	}
	secret, err := s.secret()
	if err != nil {
		return broken("correct the client secret", "%s", err)
	}
	if err := (account.SSO{Issuer: s.Issuer, ClientID: cmp.Or(s.ClientID, "none"), ClientSecret: secret}).Look(ctx); err != nil {
		return broken("check that this machine can reach the issuer, and that its URL is exactly as the provider writes it", "%s", err)
	}
	return fine("%s answers", s.Issuer)
}
