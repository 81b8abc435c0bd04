package page

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"

	"golang.org/x/sync/semaphore"

	"plumbline/web/typed"
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
func (k *Kit) SameOrigin(origin string, known func(http.Handler) http.Handler) (func(http.Handler) http.Handler, error) {
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

// How many bytes of large bodies are held at once, while they come slowly and are understood.
const (
	smallBody       = 16 << 10 // below that a body is not counted
	bodiesOfAll     = 32 << 20 // of people with an account
	bodiesOfOne     = 16 << 20 // of one of them
	bodiesOfUnknown = 32 << 20
)

var errBodiesBusy = &Busy{"The server is busy with other large forms and files, so nothing was saved. " +
	"Go back to find your input, and try again in ten seconds.", "10"}

// bodies bounds what large bodies take.
type bodies struct {
	known, unknown *semaphore.Weighted
	*perPerson
}

func newBodies() *bodies {
	return &bodies{semaphore.NewWeighted(bodiesOfAll), semaphore.NewWeighted(bodiesOfUnknown), newPerPerson(bodiesOfOne)}
}

// Bounded lets a request through whose body is small, or for which there is room; others wait a little. The limit is that
// of its body.
func (k *Kit) Bounded(limit int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		size := limit
		if r.ContentLength >= 0 {
			size = min(r.ContentLength, limit)
		}
		if size <= smallBody || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		leave, err := k.bodies.come(r.Context(), VisitorOf(r), size)
		if err != nil {
			_, _ = io.Copy(io.Discard, r.Body) // a browser shows an answer only when it has sent everything
			k.Fail(w, r, err)
			return
		}
		defer leave()
		next.ServeHTTP(w, r)
	})
}

func (b *bodies) come(ctx context.Context, v *Visitor, size int64) (leave func(), err error) {
	if v == nil {
		size = min(size, typed.MaxCarried) // no more of it is held
		return func() { b.unknown.Release(size) }, acquire(ctx, b.unknown, size, errBodiesBusy)
	}
	leaveOwn, err := b.own(ctx, v.User.ID, size)
	if err != nil {
		return nil, err
	}
	if err := acquire(ctx, b.known, size, errBodiesBusy); err != nil {
		leaveOwn()
		return nil, err
	}
	return func() {
		b.known.Release(size)
		leaveOwn()
	}, nil
}
