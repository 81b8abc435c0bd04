package page

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
)

type contextKey int

const (
	keyNumber contextKey = iota
	keyVisitor
	keyTrace
)

// contentPolicy allows own scripts, styles and images only; nothing inline.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

// Numbered gives each request a number, which error pages and the log share.
func Numbered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b [6]byte
		_, _ = rand.Read(b[:])
		h := hex.EncodeToString(b[:])
		number := h[:4] + "-" + h[4:8] + "-" + h[8:]
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), keyNumber, number)))
	})
}

// RequestNumber returns the number of a request.
func RequestNumber(r *http.Request) string { return NumberIn(r.Context()) }

// NumberIn returns the number of the request that a context belongs to, empty for none.
func NumberIn(ctx context.Context) string {
	number, _ := ctx.Value(keyNumber).(string)
	return number
}

// Secured says in the head of each answer what browsers may do with it.
func (k *Kit) Secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !k.Insecure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// Recovered turns a panic into a 500 page; the stack goes to the log only.
func (k *Kit) Recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == http.ErrAbortHandler {
				panic(fault)
			}
			k.Logger.ErrorContext(r.Context(), "panic", "request", RequestNumber(r), "fault", fmt.Sprint(fault), "stack", string(debug.Stack()))
			k.FailurePage(w, r, http.StatusInternalServerError, failureTexts[http.StatusInternalServerError])
		}()
		next.ServeHTTP(w, r)
	})
}

// ErrOtherSite is in the trace of a request that another site sent.
var ErrOtherSite = errors.New("the request came from another site")

// SameOrigin refuses unsafe requests that come from another site; known says whose browser sent them. A page of the named
// origin is of this site, also where a proxy does not pass the host on. The error is that of an origin that is none.
func SameOrigin(k *Kit, origin string, known func(http.Handler) http.Handler) (func(http.Handler) http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	if origin != "" {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
	}
	protection.SetDenyHandler(known(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Failed(r.Context(), ErrOtherSite)
		k.FailurePage(w, r, http.StatusForbidden, "The request came from another site.")
	})))
	return protection.Handler, nil
}

// Limited bounds the body of a request, in bytes.
func Limited(bytes int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Body = http.MaxBytesReader(w, r.Body, bytes)
			next.ServeHTTP(w, r)
		})
	}
}
