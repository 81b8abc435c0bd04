package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// What people are told when they do not get in through the provider.
const (
	ssoStartAgain  = "This sign-in was not begun in this browser, was used already or took too long. Start it again."
	ssoNotBelieved = "The answer of the other system does not fit this sign-in. Start it again; if it comes back, tell the person who runs this server."
	ssoDown        = "Single sign-on is not available just now. Try again in a minute."
	ssoDenied      = "The other system did not let you in, or you did not agree."
	noAccountYet   = "There is no account yet. The server printed a link that creates the first one when it started."
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
func (s *Server) setUpSSO() (err error) {
	if s.SSO == nil {
		return nil
	}
	options, err := s.SSO.complete()
	if err != nil {
		return err
	}
	s.provider = &provider{SSO: options, clock: s.Clock, logger: s.Logger}
	s.sealer, err = newSealer(s.SessionKey, !s.Insecure)
	return err
}

// FindProvider looks for the provider of single sign-on, where there is one, so that the log says early when it is not
// there. The server works without; the provider is looked for again when somebody wants it.
func (s *Server) FindProvider(ctx context.Context) {
	if s.provider == nil {
		return
	}
	if _, err := s.provider.find(ctx); err == nil {
		s.Logger.InfoContext(ctx, "single sign-on is ready", "issuer", s.provider.Issuer)
	}
}

// withSSO lets requests through where there is single sign-on.
func (s *Server) withSSO(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.provider == nil {
			return assessment.Errorf(assessment.NotFound, "There is no single sign-on here")
		}
		return h(w, r)
	}
}

// startSSO sends a stranger to the provider, to come back signed in.
func (s *Server) startSSO(w http.ResponseWriter, r *http.Request) error {
	if over(s.limits.sso, w, r, clientAddress(r)) {
		return s.refuseSignIn(w, r, http.StatusTooManyRequests, "", "Too many tries. Wait a minute, then try again.")
	}
	return s.toProvider(w, r, newFlow(ownPath(r.URL.Query().Get("back"), ""), "", s.Clock()))
}

// startConnecting sends who is signed in to the provider, to come back connected.
func (s *Server) startConnecting(w http.ResponseWriter, r *http.Request) error {
	return s.toProvider(w, r, newFlow(templates.AccountURL, actorOf(r).User.ID, s.Clock()))
}

// toProvider answers with a page that leads to the provider at once. A redirect would not do: it would answer a form,
// and browsers hold every step after a form against the policy, which lets forms go nowhere else.
func (s *Server) toProvider(w http.ResponseWriter, r *http.Request, f flow) error {
	found, err := s.provider.find(r.Context())
	if err != nil {
		return s.refuseSSO(w, r, f, refusal{http.StatusServiceUnavailable, ssoDown, err})
	}
	if err := s.sealer.put(w, flowCookie, f); err != nil {
		return err
	}
	address := found.address(s.absolute(r, templates.SSOCallbackURL), f)
	w.Header().Set("Refresh", "0; url="+address)
	return s.render(w, r, http.StatusOK, templates.ToProvider(templates.ToProviderView{
		Page: s.page(r, "To "+s.provider.Name), Name: s.provider.Name, URL: address}))
}

// finishSSO answers the browser that comes back from the provider. It is a GET that changes something, since the
// protocol has it so; only the browser that began the sign-in can use it, and once.
func (s *Server) finishSSO(w http.ResponseWriter, r *http.Request) error {
	var f flow
	if !s.sealer.get(r, flowCookie, &f) {
		return s.refuseSSO(w, r, f, refusal{http.StatusForbidden, ssoStartAgain, errors.New("the browser did not begin it")})
	}
	err := s.finish(w, r, f)
	if refused, is := errors.AsType[refusal](err); is {
		return s.refuseSSO(w, r, f, refused)
	}
	return err
}

func (s *Server) finish(w http.ResponseWriter, r *http.Request, f flow) error {
	query, now := r.URL.Query(), s.Clock()
	if err := f.answers(query, s.provider.Issuer, now); err != nil {
		return err
	}
	if !s.spent.spend(f, now) {
		return refusal{http.StatusForbidden, ssoStartAgain, errors.New("it was answered already")}
	}
	s.sealer.drop(w, flowCookie)
	if err := deniedBy(query); err != nil {
		return s.noteRefusal(r, claims{}, err)
	}
	said, err := s.provider.redeem(r.Context(), f, s.absolute(r, templates.SSOCallbackURL), query.Get("code"))
	if err != nil {
		return s.noteRefusal(r, said, err)
	}
	if f.Account != "" {
		err = s.connect(w, r, f, said)
	} else {
		err = s.enter(w, r, f, said)
	}
	return s.noteRefusal(r, said, err)
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
func (s *Server) noteRefusal(r *http.Request, said claims, err error) error {
	refused, is := errors.AsType[refusal](err)
	if !is || refused.status == http.StatusServiceUnavailable {
		return err
	}
	entry := assessment.AuditEntry{Action: assessment.AuditSignInRefused, SubjectKind: "unknown_identity", Detail: bySSO,
		Address: clientAddress(r)}
	user, lookUp := s.Store.UserByIdentity(r.Context(), said.Identity)
	switch {
	case lookUp == nil:
		entry.SubjectKind, entry.Subject = "account", user.ID
	case assessment.CodeOf(lookUp) != assessment.NotFound:
		return errors.Join(err, lookUp)
	case said.Identity.Subject != "":
		entry.Subject = HashToken(said.Identity.Issuer + " " + said.Identity.Subject)[:16]
	}
	return errors.Join(err, s.Store.RecordAudit(r.Context(), entry))
}

// refuseSSO shows the sign-in page with the reason, or the own account where somebody wanted to connect it.
func (s *Server) refuseSSO(w http.ResponseWriter, r *http.Request, f flow, e refusal) error {
	s.Logger.WarnContext(r.Context(), "single sign-on refused", "request", requestNumber(r), "status", e.status, "why", brief(e.why))
	if e.status == http.StatusServiceUnavailable || e.status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	if f.Account != "" && visitorOf(r) != nil {
		view, err := s.accountView(w, r)
		if err != nil {
			return err
		}
		view.SSO.Refused = e.message
		return s.render(w, r, e.status, templates.Account(view))
	}
	view := s.signInView(r, "")
	view.Back, view.Refused = cmp.Or(f.Back, view.Back), e.message
	return s.render(w, r, e.status, templates.SignIn(view))
}

// passwordBarred reports whether single sign-on is the only way in for a person.
func (s *Server) passwordBarred(user assessment.User) bool {
	return s.provider != nil && s.provider.Only && !user.Admin
}

// ssoView returns what the sign-in page says about single sign-on, nil where there is none.
func (s *Server) ssoView() *templates.SSOView {
	if s.provider == nil {
		return nil
	}
	return &templates.SSOView{Name: s.provider.Name, Only: s.provider.Only, Down: s.provider.down.Load()}
}

// accountSSO returns what the own account says about single sign-on, nil where there is none.
func (s *Server) accountSSO(r *http.Request) (*templates.AccountSSO, error) {
	if s.provider == nil {
		return nil, nil
	}
	known, err := s.Store.Identities(r.Context(), actorOf(r).User.ID)
	if err != nil {
		return nil, err
	}
	connected := slices.ContainsFunc(known, func(i assessment.Identity) bool { return i.Issuer == s.provider.Issuer })
	return &templates.AccountSSO{Name: s.provider.Name, Connected: connected}, nil
}
