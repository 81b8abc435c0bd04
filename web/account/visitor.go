package account

import (
	"context"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
)

// touchPatience is how long a page that is only read waits until the last use of its session is noted.
const touchPatience = 250 * time.Millisecond

// Recognised puts the visitor, if there is one, into the request. Saving and opening a page prolong the session; asking
// when it ends does not.
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
		if err := h.used(w, r, session, v); err != nil {
			h.Fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(page.WithVisitor(r.Context(), v)))
	})
}

// used renews a session where it has to, and notes that it is used. Who signs out needs neither: that works also where
// nothing can be written.
func (h *handlers) used(w http.ResponseWriter, r *http.Request, session *sessions.Session, v *page.Visitor) error {
	if r.Method == http.MethodPost && r.URL.Path == templates.SignOutURL {
		return nil
	}
	if err := h.renewed(w, r, session, v); err != nil {
		return err
	}
	return entrance{h}.touched(r, v)
}

// touched notes that a session is used. A page that is only read is shown also where that cannot be written.
func (h entrance) touched(r *http.Request, v *page.Visitor) error {
	now, reading := h.Clock(), r.Method != http.MethodPost
	if now.Sub(v.Session.SeenAt) <= access.TouchEvery || reading && r.URL.Path == templates.SessionURL {
		return nil
	}
	ctx := r.Context()
	if reading {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, touchPatience)
		defer cancel()
	}
	err := h.store.TouchSession(ctx, v.Session.Hash, now)
	switch {
	case err == nil:
		v.Session.SeenAt = now
	case reading:
		h.Logger.WarnContext(r.Context(), "the use of a session was not recorded", "request", page.RequestNumber(r), "error", err.Error())
	default:
		return err
	}
	return nil
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
		h.Logger.WarnContext(r.Context(), "a session kept its ID", "request", page.RequestNumber(r), "error", err.Error())
	}
	return nil
}
