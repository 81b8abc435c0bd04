package people_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

const victim = "victim@example.com"

// squatted is an installation in which a lead has opened the invitation for somebody else's address themselves, and has a
// session, an API token and an identity there.
type squatted struct {
	*webtest.Company
	browser *webtest.Browser
	program *webtest.Program
	account access.User
}

const squattersPassword = "mine before yours"

func newSquatted(t *testing.T) *squatted {
	t.Helper()
	c := webtest.NewCompany(t)
	s := &squatted{Company: c, browser: c.Browser()}
	s.join(s.browser, c.Invite(victim, access.Lead), "Vic Tim", squattersPassword)
	var err error
	if s.account, err = c.Store.UserByEmail(t.Context(), victim); err != nil {
		t.Fatal(err)
	}
	actor := access.Actor{User: s.account}
	s.program = c.ProgramOf(actor, access.ScopeWrite)
	if err := c.Store.AddIdentity(t.Context(), actor, access.Identity{Issuer: "https://login.example.com", Subject: "mallory"}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *squatted) join(b *webtest.Browser, link, name, password string) {
	s.T.Helper()
	got := b.Post(templates.InviteURL, url.Values{"token": {tokenOf(link)}, "name": {name}, "password": {password}})
	if got.Status != http.StatusSeeOther {
		s.T.Fatalf("join: status %d, %s", got.Status, webtest.TextOf(got.Page.Find("main")))
	}
}

// payments returns the link by which the lead of another team, or an administrator, invites the victim to that team.
func (s *squatted) payments(by int) string {
	s.T.Helper()
	team := s.People[webtest.Neighbour].Memberships[0].Team.ID
	got := s.Browsers[by].Post(templates.InvitationsURL(team), url.Values{"email": {victim}, "role": {"lead"}})
	path, ok := strings.CutPrefix(got.Page.Find("#link").AttrOr("value", ""), s.Server.URL)
	if !ok {
		s.T.Fatalf("invite: status %d", got.Status)
	}
	return path
}

// passwordLink returns the link for a new password that an administrator makes.
func (s *squatted) passwordLink() string {
	s.T.Helper()
	form := url.Values{"do": {"reset"}, "version": {strconv.Itoa(s.Stored(s.account.ID).Version)}, "password": {webtest.TestPassword}}
	got := s.Browsers[webtest.Admin].Post(templates.PersonURL(s.account.ID), form)
	path, ok := strings.CutPrefix(got.Page.Find("#link").AttrOr("value", ""), s.Server.URL)
	if !ok {
		s.T.Fatalf("password link: status %d", got.Status)
	}
	return path
}

// wantShutOut complains unless nothing lets the squatter in any more.
func (s *squatted) wantShutOut() {
	s.T.Helper()
	s.program.Get("/workloads").Want(http.StatusUnauthorized)
	if got := s.browser.Get(templates.AccountURL); got.Status != http.StatusSeeOther {
		s.T.Errorf("the session goes on: status %d", got.Status)
	}
	if got := s.Browser().Post(templates.SignInURL, url.Values{"email": {victim}, "password": {squattersPassword}}); got.Status != http.StatusUnauthorized {
		s.T.Errorf("the password works: status %d", got.Status)
	}
	if known, err := s.Store.Identities(s.T.Context(), s.account.ID); err != nil || len(known) > 0 {
		s.T.Errorf("identities %+v, %v", known, err)
	}
}

func (s *squatted) wantRoles(want ...string) {
	s.T.Helper()
	memberships, err := s.Store.Memberships(s.T.Context(), s.account.ID)
	var got []string
	for _, m := range memberships {
		got = append(got, m.Team.Name+" "+string(m.Role))
	}
	if err != nil || strings.Join(got, ", ") != strings.Join(want, ", ") {
		s.T.Errorf("roles %q, %v, want %q", got, err, want)
	}
}

// TestInvitationElsewhereStartsClean: the person whose address it is comes by an invitation of another team, and the account
// is in no team.
func TestInvitationElsewhereStartsClean(t *testing.T) {
	s := newSquatted(t)
	if err := s.Store.SetMembership(t.Context(), access.Actor{}, s.account.ID, s.Things["team"], ""); err != nil {
		t.Fatal(err)
	}
	link, b := s.payments(webtest.Neighbour), s.Browser()
	shown := b.Get(link)
	if shown.Page.Find("main form #password").Length() != 1 {
		t.Fatalf("the page offers no account: %s", webtest.TextOf(shown.Page.Find("main")))
	}
	webtest.Want(t, "what it says", shown, http.StatusOK, ".notice", "This removes its password, sessions, API tokens and single sign-on")
	s.join(b, link, "Victoria Timm", "quite plumb today")
	s.wantShutOut()
	s.wantRoles("Payments lead")
	if now := s.Stored(s.account.ID); now.Name != "Victoria Timm" || now.Confirmed() {
		t.Errorf("stored %+v, want her name, and an address that is not confirmed by a lead's link", now)
	}
	if got := b.Get("/"); got.Status != http.StatusOK {
		t.Errorf("she is not signed in: status %d", got.Status)
	}
}

// TestLeadStartsNobodyOver: a lead who opens the invitation of another team's person gets neither the account nor that person
// out of it.
func TestLeadStartsNobodyOver(t *testing.T) {
	s := newSquatted(t)
	link := s.payments(webtest.Neighbour)
	shown := s.Browser().Get(link)
	webtest.Want(t, "what it says", shown, http.StatusOK, "main", "ask an administrator for a password link")
	if shown.Page.Find("main form").Length() > 0 {
		t.Error("the page offers to start the account over")
	}
	before := s.Contents()
	form := url.Values{"token": {tokenOf(link)}, "name": {"Mallory"}, "password": {"quite plumb today"}}
	webtest.Want(t, "use it", s.Browser().Post(templates.InviteURL, form), http.StatusConflict, ".notice", "already exists")
	s.Untouched(before, "the invitation of another team")
	if got := s.browser.Get(templates.AccountURL); got.Status != http.StatusOK {
		t.Errorf("the person is signed out: status %d", got.Status)
	}
	s.program.Get("/workloads").Want(http.StatusOK)
}

// TestAdministratorsInvitationConfirms: the teams that the address was let into stay, and the address is confirmed.
func TestAdministratorsInvitationConfirms(t *testing.T) {
	s := newSquatted(t)
	s.join(s.Browser(), s.payments(webtest.Admin), "Victoria Timm", "quite plumb today")
	s.wantShutOut()
	s.wantRoles("Everyone lead", "Payments lead")
	if !s.Stored(s.account.ID).Confirmed() {
		t.Error("the address is not confirmed")
	}
	other, err := s.Store.CreateTeam(t.Context(), access.Actor{}, "Search")
	if err != nil {
		t.Fatal(err)
	}
	got := s.Browsers[webtest.Admin].Post(templates.InvitationsURL(other.ID), url.Values{"email": {victim}, "role": {"viewer"}})
	link := strings.TrimPrefix(got.Page.Find("#link").AttrOr("value", ""), s.Server.URL)
	if page := s.Browser().Get(link).Page; page.Find("#password").Length() > 0 {
		t.Error("an account with a confirmed address can be started over")
	}
}

// TestPasswordLinkStartsClean: an administrator's link for a new password.
func TestPasswordLinkStartsClean(t *testing.T) {
	s := newSquatted(t)
	got := s.Browser().Post(templates.ResetURL, url.Values{"token": {tokenOf(s.passwordLink())}, "password": {"quite plumb today"}})
	if got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	s.wantShutOut()
	s.wantRoles("Everyone lead")
	if !s.Stored(s.account.ID).Confirmed() {
		t.Error("the address is not confirmed")
	}
}

// TestSharedPassword: somebody was given an account with its password, and joins another team with it.
func TestSharedPassword(t *testing.T) {
	s := newSquatted(t)
	link, b := s.payments(webtest.Neighbour), s.SignedInAs(s.account)
	webtest.Want(t, "what it says", b.Get(link), http.StatusOK, "main", "choose a new password")
	before := s.Contents()
	form := url.Values{"token": {tokenOf(link)}, "password": {"short"}}
	webtest.Want(t, "no password", b.Post(templates.InviteURL, form), http.StatusUnprocessableEntity, "#password-error", "at least 12")
	s.Untouched(before, "no password")
	s.join(b, link, "", "quite plumb today")
	s.wantShutOut()
	s.wantRoles("Everyone lead", "Payments lead")
	if got := b.Get("/"); got.Status != http.StatusOK || s.Stored(s.account.ID).Name != "Vic Tim" {
		t.Errorf("status %d, name %q", got.Status, s.Stored(s.account.ID).Name)
	}
}

// TestUnconfirmedAddressesAreMarked on the pages of people, of the team and of the account itself.
func TestUnconfirmedAddressesAreMarked(t *testing.T) {
	s := newSquatted(t)
	for _, confirmed := range []bool{false, true} {
		if confirmed {
			link := access.OneTimeLink{TokenHash: "h", Kind: access.LinkReset, User: s.account.ID, ExpiresAt: s.Now().Add(access.IdleLimit)}
			if err := s.Store.CreateLink(t.Context(), access.Actor{}, link); err != nil {
				t.Fatal(err)
			}
			if err := s.Store.UseResetLink(t.Context(), access.Actor{}, "h", "hash"); err != nil {
				t.Fatal(err)
			}
		}
		for what, got := range map[string]webtest.Answer{
			"people":  s.Browsers[webtest.Admin].Get(templates.PeopleURL + "?q=victim"),
			"team":    s.Browsers[webtest.Lead].Get(templates.TeamURL(s.Things["team"])),
			"account": s.SignedInAs(s.account).Get(templates.AccountURL),
		} {
			if marked := strings.Contains(strings.ToLower(webtest.TextOf(got.Page.Find("main"))), "address is not confirmed") ||
				strings.Contains(webtest.TextOf(got.Page.Find("main")), "address not confirmed"); marked == confirmed {
				t.Errorf("%s: marked %t, want %t", what, marked, !confirmed)
			}
		}
	}
}

// TestNoAdministratorWithoutAConfirmedAddress: who holds the account now would administer everything.
func TestNoAdministratorWithoutAConfirmedAddress(t *testing.T) {
	s := newSquatted(t)
	form := url.Values{"do": {"admin"}, "version": {strconv.Itoa(s.account.Version)}}
	got := s.Browsers[webtest.Admin].Post(templates.PersonURL(s.account.ID), form)
	webtest.Want(t, "make administrator", got, http.StatusConflict, ".notice-poor", "is not confirmed as the address")
	if s.Stored(s.account.ID).Admin {
		t.Error("made one all the same")
	}
}
