package account

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

// groupsSaid refuses a person of whom the provider says nothing about groups, where groups decide about rights: that is
// not the same as being in none. Their roles stay as they are, and let nobody in meanwhile: a claim that is not set up
// takes nothing away, and one that went missing keeps nobody's rights alive.
func (o *signOn) groupsSaid(r *http.Request, said claims) error {
	p := o.provider
	if !p.mapped() || said.grouped {
		return nil
	}
	o.Logger.WarnContext(r.Context(), "single sign-on sends no groups, so roles stay as they are and the person is "+
		"refused; let the provider send the claim, with an empty list for people without groups",
		"claim", p.GroupsClaim, "request", page.RequestNumber(r))
	return refusal{http.StatusForbidden, "The sign-in provider did not send your groups, which decide your role here. " +
		"Ask its administrator to send them.", errors.New("the claim " + p.GroupsClaim + " is missing")}
}

// enter signs a person in whom the provider knows: with the account of their identity, or with a new one.
func (o *signOn) enter(w http.ResponseWriter, r *http.Request, f flow, said claims) error {
	if err := o.groupsSaid(r, said); err != nil {
		return err
	}
	user, err := o.store.UserByIdentity(r.Context(), said.Identity)
	if assessment.CodeOf(err) == assessment.NotFound {
		user, err = o.newcomer(r, said)
	}
	if taken, is := errors.AsType[addressTaken](err); is {
		return o.offerConnection(w, r, pending{Identity: said.Identity, Email: taken.email, Back: f.Back, Typed: f.Typed, Ends: f.Ends})
	}
	if err != nil {
		return err
	}
	if user.Disabled() {
		return refusal{http.StatusForbidden, "This account is disabled. Ask your administrator.",
			errors.New("the account is disabled")}
	}
	return o.admitted(w, r, f, user, said)
}

// admitted begins the session of a person with the rights that their groups give.
func (o *signOn) admitted(w http.ResponseWriter, r *http.Request, f flow, user access.User, said claims) error {
	if err := o.fitRights(r, user, said); err != nil {
		return err
	}
	if err := o.startSessionBy(w, r, user, bySSO, said.shown(f, o.Clock())); err != nil {
		return err
	}
	if err := o.sealer.keep(w, throughCookie, through{user.ID}, access.AbsoluteLimit); err != nil {
		return err
	}
	form, _ := o.Typed.Away(f.Typed)
	return entrance{o.handlers}.goOn(w, r, user.ID, f.Back, form)
}

// addressTaken is a first sign-in under an address that an account has already.
type addressTaken struct{ email string }

func (addressTaken) Error() string { return "the address already has an account" }

// newcomer makes the account of a first sign-in. The very first account of an installation is its administrator's, who
// makes it by the link that the server printed.
func (o *signOn) newcomer(r *http.Request, said claims) (access.User, error) {
	count, err := o.store.UserCount(r.Context())
	if err != nil {
		return access.User{}, err
	}
	if count == 0 {
		return access.User{}, refusal{http.StatusForbidden, noAccountYet, errors.New("there is no account yet")}
	}
	person, err := said.person()
	if err != nil {
		return person, refusal{http.StatusForbidden, "The sign-in provider did not send your email address, " +
			"or has not verified it. Ask its administrator.", fmt.Errorf("the claims do not describe an account: %w", err)}
	}
	user, err := o.store.CreateUserWithIdentity(r.Context(), page.ActorOf(r), person, said.Identity)
	if known, is := errors.AsType[*assessment.Error](err); is && known.Code == assessment.Conflict {
		if known.Field == "email" {
			return o.takenBy(r, person, said)
		}
		return user, refusal{http.StatusForbidden, ssoStartAgain, err}
	}
	return user, err
}

// takenBy returns addressTaken where whoever has the account can show that it is theirs, by its password. An account whose
// address nobody confirmed is theirs whom the provider knows by it, if the provider says that it verified the address.
func (o *signOn) takenBy(r *http.Request, person access.User, said claims) (access.User, error) {
	if yes(said.Verified) {
		user, err := o.store.ClaimAccount(r.Context(), page.ActorOf(r), person, said.Identity)
		if assessment.CodeOf(err) != assessment.NotFound {
			return user, err
		}
	}
	user, err := o.store.UserByEmail(r.Context(), person.Email)
	switch {
	case err != nil:
		return user, err
	case user.Disabled() || user.PasswordHash == "":
		return user, refusal{http.StatusForbidden, "Another account already uses your email address. Ask your administrator.",
			errors.New("the address belongs to an account that cannot be connected")}
	}
	return user, addressTaken{person.Email}
}

// fitRights gives a person the roles that their groups give, in the teams that groups decide about. Where the provider
// leaves the groups out because they are too many, everything stays as it is.
func (o *signOn) fitRights(r *http.Request, user access.User, said claims) error {
	p := o.provider
	if !p.mapped() {
		return nil
	}
	if said.unlimited {
		o.Logger.WarnContext(r.Context(), "single sign-on sends too many groups, so roles stay as they are; limit the claim to "+
			"the groups of this application", "request", page.RequestNumber(r))
		return nil
	}
	by := access.Actor{User: access.User{Name: "Single sign-on"}, Address: page.ClientAddress(r)}
	roles, err := o.rolesThere(r, said)
	if err != nil {
		return err
	}
	if err := o.store.SetMemberships(r.Context(), by, user.ID, roles); err != nil {
		return err
	}
	if admin := said.in(p.AdminGroup); p.AdminGroup != "" && admin != user.Admin {
		return o.fitAdmin(r, by, user, admin)
	}
	return nil
}

// rolesThere returns the roles that groups give, without those in a team that was deleted since the start: it keeps
// nobody out.
func (o *signOn) rolesThere(r *http.Request, said claims) (map[string]access.Role, error) {
	teams, err := o.store.Teams(r.Context())
	if err != nil {
		return nil, err
	}
	roles := said.roles(o.provider.Groups)
	maps.DeleteFunc(roles, func(team string, _ access.Role) bool {
		there := slices.ContainsFunc(teams, func(t access.Team) bool { return t.ID == team })
		if !there {
			o.Logger.WarnContext(r.Context(), "a single sign-on group names a team that no longer exists", "request", page.RequestNumber(r), "team", team)
		}
		return !there
	})
	return roles, nil
}

// fitAdmin makes a person an administrator, or takes that from them; the last one stays.
func (o *signOn) fitAdmin(r *http.Request, by access.Actor, user access.User, admin bool) error {
	users, err := o.store.Users(r.Context())
	if err != nil {
		return err
	}
	others := slices.ContainsFunc(users, func(u access.User) bool { return u.Admin && !u.Disabled() && u.ID != user.ID })
	if !admin && !others {
		o.Logger.WarnContext(r.Context(), "the last administrator is not in the administrator group, and stays an administrator",
			"request", page.RequestNumber(r))
		return nil
	}
	return o.store.SetAdmin(r.Context(), by, user.ID, admin)
}

// offerConnection asks who signed in at the provider for the password of the account that has their address: then both
// are one person's.
func (o *signOn) offerConnection(w http.ResponseWriter, r *http.Request, p pending) error {
	if err := o.sealer.put(w, pendingCookie, p); err != nil {
		return err
	}
	return o.connectPage(w, r, http.StatusConflict, p, "")
}

func (o *signOn) connectPage(w http.ResponseWriter, r *http.Request, status int, p pending, refused string) error {
	v := view.ConnectView{Page: o.Page(r, "Connect your account"), Name: o.provider.Name, Email: p.Email, Refused: refused}
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	return o.Render(w, r, status, view.Connect(v))
}

// connectByPassword connects the identity that waits for it to the account with its address, by the account's password.
// The way in then leads through the provider once more, as from now on.
func (o *signOn) connectByPassword(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	var p pending
	if !o.sealer.get(r, pendingCookie, &p) || !o.Clock().Before(p.Ends) {
		return o.refuseSignIn(w, r, http.StatusForbidden, "", ssoStartAgain)
	}
	user, err := o.authenticate(r, p.Email, r.PostFormValue("password"))
	if assessment.CodeOf(err) == assessment.TooMany {
		return o.connectPage(w, r, http.StatusTooManyRequests, p, tooManyAttempts)
	}
	if err != nil {
		return err
	}
	if user == nil {
		if err := o.store.RecordRefusedSignIn(r.Context(), p.Email, page.ClientAddress(r)); err != nil {
			return err
		}
		return o.connectPage(w, r, http.StatusUnauthorized, p, "Incorrect password for this account.")
	}
	o.sealer.drop(w, pendingCookie)
	by := access.Actor{User: *user, Address: page.ClientAddress(r)}
	if err := o.store.AddIdentity(r.Context(), by, p.Identity); err != nil {
		return err
	}
	f := newFlow(page.OwnPath(p.Back, ""), "", o.Clock())
	f.Typed = p.Typed
	return o.toProvider(w, r, f)
}

// connect adds the identity to the account of who is signed in, who asked for it.
func (o *signOn) connect(w http.ResponseWriter, r *http.Request, f flow, said claims) error {
	v := page.VisitorOf(r)
	if v == nil || v.User.ID != f.Account {
		return refusal{http.StatusForbidden, ssoStartAgain, errors.New("the person who asked to connect is no longer signed in")}
	}
	if err := o.groupsSaid(r, said); err != nil {
		return err
	}
	err := o.store.AddIdentity(r.Context(), v.Actor, said.Identity)
	if assessment.CodeOf(err) == assessment.Conflict {
		return refusal{http.StatusConflict, "This identity is already connected to another account.", err}
	}
	if err != nil {
		return err
	}
	o.Notify(w, "Account connected. You can now sign in with "+words.Cut(o.provider.Name, 60)+".")
	return o.admitted(w, r, f, v.User, said)
}
