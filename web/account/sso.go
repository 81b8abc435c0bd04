package account

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

// What people are told when they do not get in through the provider.
const (
	ssoStartAgain  = "This sign-in was started in another browser, was already used or took too long. Sign in again."
	ssoNotBelieved = "The response from the sign-in provider does not match this sign-in. Sign in again. If it happens again, " +
		"tell your administrator."
	ssoDown      = view.SSODown
	ssoDenied    = "The sign-in provider denied access, or you canceled the sign-in."
	noAccountYet = "No accounts yet. Open the setup link printed in the server's console."
)

// bySSO says in the audit log how somebody signed in, or wanted to.
const bySSO = "single sign-on"

// refusal is why somebody does not get in through the provider.
type refusal struct {
	status  int
	message string // for the person
	why     error  // for the log
}

func (e refusal) Error() string { return e.why.Error() }
func (e refusal) Unwrap() error { return e.why }

// setUpSSO prepares single sign-on, where there are settings for it.
func (o *signOn) setUpSSO() (err error) {
	if o.SSO == nil {
		return nil
	}
	options, err := o.SSO.complete()
	if err != nil {
		return err
	}
	o.provider = &provider{SSO: options, clock: o.Clock, logger: o.Logger}
	o.sealer, err = newSealer(o.SessionKey, !o.Insecure)
	return err
}

// FindProvider looks for the provider of single sign-on, where there is one, so that the log says early when it is not
// there. The server works without; the provider is looked for again when somebody wants it.
func (o *signOn) FindProvider(ctx context.Context) {
	if o.provider == nil {
		return
	}
	if _, err := o.provider.find(ctx); err == nil {
		o.Logger.InfoContext(ctx, "single sign-on is ready", "issuer", o.provider.Issuer)
	}
}

// withSSO lets requests through where there is single sign-on.
func (o *signOn) withSSO(h page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if o.provider == nil {
			return assessment.Errorf(assessment.NotFound, "Single sign-on is not set up")
		}
		return h(w, r)
	}
}

// startSSO sends a stranger to the provider, to come back signed in.
func (o *signOn) startSSO(w http.ResponseWriter, r *http.Request) error {
	form, err := readSignIn(r)
	if err != nil {
		return err
	}
	if !o.limits.provider.Take(page.ClientAddress(r)) {
		return o.refuseSignIn(w, r, http.StatusTooManyRequests, "", tooManyAttempts)
	}
	f := newFlow(page.OwnPath(r.URL.Query().Get("back"), ""), "", o.Clock())
	if form.Action != "" {
		f.Typed = o.Typed.KeepAway(page.ClientAddress(r), form)
	}
	f.Fresh = r.URL.Query().Get(templates.ParamFresh) != ""
	return o.toProvider(w, r, f)
}

// startConnecting sends who is signed in, and shows again who they are, to the provider, to come back connected.
func (o *signOn) startConnecting(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	wrong, err := o.Confirm(r)
	if err != nil {
		return err
	}
	if wrong != nil {
		v, err := accountPage{o.handlers}.accountView(w, r)
		if err != nil {
			return err
		}
		v.SSO.Refused = wrong.Message + "."
		return o.Render(w, r, http.StatusUnprocessableEntity, view.Account(v))
	}
	return o.toProvider(w, r, newFlow(templates.AccountURL, page.ActorOf(r).User.ID, o.Clock()))
}

// toProvider answers with a page that leads to the provider at once. A redirect would not do: it would answer a form,
// and browsers hold every step after a form against the policy, which lets forms go nowhere else.
func (o *signOn) toProvider(w http.ResponseWriter, r *http.Request, f flow) error {
	found, err := o.provider.find(r.Context())
	if err != nil {
		return o.refuseSSO(w, r, f, refusal{http.StatusServiceUnavailable, ssoDown, err})
	}
	if err := o.sealer.put(w, flowCookie, f); err != nil {
		return err
	}
	address := found.address(o.Absolute(r, templates.SSOCallbackURL), f)
	w.Header().Set("Refresh", "0; url="+address)
	return o.Render(w, r, http.StatusOK, view.ToProvider(view.ToProviderView{
		Page: o.Page(r, "To "+o.provider.Name), Name: o.provider.Name, URL: address}))
}

// finishSSO answers the browser that comes back from the provider. It is a GET that changes something, since the
// protocol has it so; only the browser that began the sign-in can use it, and once.
func (o *signOn) finishSSO(w http.ResponseWriter, r *http.Request) error {
	var f flow
	if !o.sealer.get(r, flowCookie, &f) {
		return o.refuseSSO(w, r, f, refusal{http.StatusForbidden, ssoStartAgain, errors.New("the browser did not start it")})
	}
	err := o.finish(w, r, f)
	if refused, is := errors.AsType[refusal](err); is {
		return o.refuseSSO(w, r, f, refused)
	}
	return err
}

func (o *signOn) finish(w http.ResponseWriter, r *http.Request, f flow) error {
	query, now := r.URL.Query(), o.Clock()
	if err := f.answers(query, o.provider.Issuer, now); err != nil {
		return err
	}
	if !o.used.first(f, now) {
		return refusal{http.StatusForbidden, ssoStartAgain, errors.New("it was already answered")}
	}
	o.sealer.drop(w, flowCookie)
	if err := deniedBy(query); err != nil {
		return o.noteRefusal(r, claims{}, err)
	}
	said, err := o.provider.redeem(r.Context(), f, o.Absolute(r, templates.SSOCallbackURL), query.Get("code"))
	if err != nil {
		return o.noteRefusal(r, said, err)
	}
	if f.Account != "" {
		err = o.connect(w, r, f, said)
	} else {
		err = o.enter(w, r, f, said)
	}
	return o.noteRefusal(r, said, err)
}

// deniedBy returns a refusal where the provider answers with an error. Its words stay where they are: anybody can put
// words into an address.
func deniedBy(query url.Values) error {
	switch code := query.Get("error"); code {
	case "":
		return nil
	case "server_error", "temporarily_unavailable":
		return refusal{http.StatusServiceUnavailable, ssoDown, errors.New("the provider answers " + code)}
	default:
		return refusal{http.StatusForbidden, ssoDenied, errors.New("the provider answers " + words.Cut(code, 40))}
	}
}

// noteRefusal puts a refusal into the audit log, and returns err.
func (o *signOn) noteRefusal(r *http.Request, said claims, err error) error {
	refused, is := errors.AsType[refusal](err)
	if !is || refused.status == http.StatusServiceUnavailable {
		return err
	}
	entry := access.AuditEntry{Action: access.AuditSignInRefused, SubjectKind: "unknown_identity", Detail: bySSO,
		Address: page.ClientAddress(r)}
	user, lookUp := o.store.UserByIdentity(r.Context(), said.Identity)
	switch {
	case lookUp == nil:
		entry.SubjectKind, entry.Subject = "account", user.ID
	case assessment.CodeOf(lookUp) != assessment.NotFound:
		return errors.Join(err, lookUp)
	case said.Identity.Subject != "":
		entry.Subject = page.HashToken(said.Identity.Issuer + " " + said.Identity.Subject)[:16]
	}
	return errors.Join(err, o.store.RecordAudit(r.Context(), entry))
}

// refuseSSO shows the sign-in page with the reason, or the own account where somebody wanted to connect it.
func (o *signOn) refuseSSO(w http.ResponseWriter, r *http.Request, f flow, e refusal) error {
	o.Logger.WarnContext(r.Context(), "single sign-on refused", "request", page.RequestNumber(r), "status", e.status, "why", brief(e.why))
	if e.status == http.StatusServiceUnavailable || e.status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	if f.Account != "" && page.VisitorOf(r) != nil {
		v, err := accountPage{o.handlers}.accountView(w, r)
		if err != nil {
			return err
		}
		v.SSO.Refused = e.message
		return o.Render(w, r, e.status, view.Account(v))
	}
	v := o.signInView(r, "")
	v.Back, v.Refused = cmp.Or(f.Back, v.Back), e.message
	if form, kept := o.Typed.Away(f.Typed); kept {
		v.Carried = carriedView(form)
	}
	return o.Render(w, r, e.status, view.SignIn(v))
}

// passwordBarred reports whether single sign-on is the only way in for a person.
func (o *signOn) passwordBarred(user access.User) bool {
	return o.provider != nil && o.provider.Only && !user.Admin
}

// ssoView returns what the sign-in page says about single sign-on, nil where there is none.
func (o *signOn) ssoView() *view.SSOView {
	if o.provider == nil {
		return nil
	}
	return &view.SSOView{Name: o.provider.Name, Only: o.provider.Only, Down: o.provider.down.Load()}
}

// accountSSO returns what the own account says about single sign-on, nil where there is none.
func (o *signOn) accountSSO(r *http.Request) (*view.AccountSSO, error) {
	if o.provider == nil {
		return nil, nil
	}
	known, err := o.store.Identities(r.Context(), page.ActorOf(r).User.ID)
	if err != nil {
		return nil, err
	}
	connected := slices.ContainsFunc(known, func(i access.Identity) bool { return i.Issuer == o.provider.Issuer })
	confirm := o.Confirmation(r, templates.AccountURL)
	confirm.ID = "connect-password"
	return &view.AccountSSO{Name: o.provider.Name, Connected: connected, Confirm: confirm}, nil
}
