package account

import (
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"plumbline/assessment"
	"plumbline/web/page"
)

// touchEvery is how often a session's last use is written while its person works.
const touchEvery = time.Minute

// Recognised puts the visitor, if there is one, into the request. A save prolongs the session; reading does not.
func (h *handlers) Recognised(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := h.sessions.Get(r, h.cookie)
		if err != nil {
			h.Fail(w, r, err)
			return
		}
		v, ok := session.Values[valueVisitor].(*page.Visitor)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		v.Address = page.ClientAddress(r)
		if err := h.renewed(w, r, session, v); err != nil {
			h.Fail(w, r, err)
			return
		}
		if now := h.Clock(); r.Method == http.MethodPost && now.Sub(v.Session.SeenAt) > touchEvery {
			if err := h.store.TouchSession(r.Context(), v.Session.Hash, now); err != nil {
				h.Fail(w, r, err)
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(page.WithVisitor(r.Context(), v)))
	})
}

// renewed gives a session a new id where the rights of its person have changed. A page that is only read is shown also
// where that cannot be written.
func (h *handlers) renewed(w http.ResponseWriter, r *http.Request, session *sessions.Session, v *page.Visitor) error {
	if !v.Session.Outdated {
		return nil
	}
	err := h.sessions.renew(r, w, session)
	switch {
	case err == nil:
		v.Session.Hash = session.ID
	case assessment.CodeOf(err) == assessment.NotFound:
	case r.Method == http.MethodPost:
		return err
	default:
		h.Logger.WarnContext(r.Context(), "a session kept its id", "request", page.RequestNumber(r), "error", err.Error())
	}
	return nil
}
