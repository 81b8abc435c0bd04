package account

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

// claims is what the provider says about a person.
type claims struct {
	Identity access.Identity `json:"-"`

	Name     string         `json:"name"`
	Email    string         `json:"email"`
	Verified any            `json:"email_verified"` // true, false, or as a text; nil where nothing is said
	Username string         `json:"preferred_username"`
	Party    string         `json:"azp"` // whom the token was made for, where that is said
	Sources  map[string]any `json:"_claim_names"`
	Overage  any            `json:"hasgroups"`
	AuthTime int64          `json:"auth_time"` // when the person showed the provider who they are, in seconds; 0 where that is not said

	Groups    []string `json:"-"`
	grouped   bool     // something is said about groups
	unlimited bool     // there are so many groups that they are not named
}

// readClaims reads what a token, or the provider's answer about a person, holds; read decodes it.
func readClaims(read func(any) error, groupsClaim string) (claims, error) {
	var c claims
	if err := read(&c); err != nil {
		return c, fmt.Errorf("read the claims: %w", err)
	}
	var all map[string]json.RawMessage
	if err := read(&all); err != nil {
		return c, fmt.Errorf("read the claims: %w", err)
	}
	_, elsewhere := c.Sources[groupsClaim]
	c.unlimited = elsewhere || yes(c.Overage)
	raw, named := all[groupsClaim]
	c.grouped = named || c.unlimited
	if !named {
		return c, nil
	}
	var err error
	c.Groups, err = oneOrMore(raw)
	return c, err
}

// oneOrMore reads a claim that is a list of texts, or a single text.
func oneOrMore(raw json.RawMessage) ([]string, error) {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return list, nil
	}
	var one string
	if err := json.Unmarshal(raw, &one); err != nil {
		return nil, fmt.Errorf("read the claim of groups: %w", err)
	}
	return []string{one}, nil
}

// yes reports whether a claim is true, which some providers write as a text.
func yes(claim any) bool { return claim == true || claim == "true" }

// with returns the claims with what more says where they say nothing.
func (c claims) with(more claims) claims {
	if c.Name == "" {
		c.Name = more.Name
	}
	if c.Username == "" {
		c.Username = more.Username
	}
	if c.Email == "" {
		c.Email, c.Verified = more.Email, more.Verified
	}
	if !c.grouped {
		c.Groups, c.grouped, c.unlimited = more.Groups, more.grouped, more.unlimited
	}
	return c
}

// shown returns when a person showed the provider who they are, for a flow that is answered now; zero where that is unknown.
func (c claims) shown(f flow, now time.Time) time.Time {
	at := time.Unix(c.AuthTime, 0)
	switch {
	case c.AuthTime > 0 && at.Before(now):
		return at
	case c.AuthTime > 0 || f.Fresh:
		return now
	}
	return time.Time{}
}

// person returns the account that the claims describe; an Invalid error where they do not say under which address. An
// address only describes: who somebody is, the identity alone says.
func (c claims) person() (access.User, error) {
	if c.Email != "" && c.Verified != nil && !yes(c.Verified) {
		return access.User{}, assessment.Errorf(assessment.Invalid, "the address is not verified")
	}
	email := c.address()
	local, _, _ := strings.Cut(email, "@")
	name := email
	for _, one := range []string{c.Name, local} { // the provider may call somebody what nobody can be called here
		if clean, failure := access.CheckPersonName(page.Shortened(one, assessment.MaxName)); failure == nil {
			name = clean
			break
		}
	}
	return access.CheckPerson(name, email)
}

// address returns the e-mail address, or the name to sign in with where that is one; empty where nothing is.
func (c claims) address() string {
	email, err := access.CheckEmail(cmp.Or(c.Email, c.Username))
	if err != nil {
		return ""
	}
	return email
}

// in reports whether the person is in a group.
func (c claims) in(group string) bool { return slices.Contains(c.Groups, group) }

// roles returns what the person is by their groups in each team that a group decides about: the most that one of their
// groups gives, nothing where none does.
func (c claims) roles(rules []GroupRole) map[string]access.Role {
	roles := map[string]access.Role{}
	for _, rule := range rules {
		role := roles[rule.Team]
		if c.in(rule.Group) && rule.Role.Covers(role) {
			role = rule.Role
		}
		roles[rule.Team] = role
	}
	return roles
}
