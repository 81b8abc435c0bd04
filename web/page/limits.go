package page

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/httprate"

	"plumbline/assessment"
)

// Limits by rate.
const (
	signInsPerAddress = 10  // a minute
	signInsPerAccount = 5   // a minute and address, so that a stranger's tries do not lock the owner out
	ReportsPerUser    = 5   // a minute
	filesPerUser      = 10  // a minute, of questionnaires and reviews to read
	RequestsPerToken  = 120 // a minute
	BadTokens         = 10  // a minute and address
	SharedPerAddress  = 30  // a minute, of pages and downloads of shared reports
	ssoPerAddress     = 60  // a minute: nothing is guessed there, and a whole office may have one address
)

type limits struct {
	address *httprate.RateLimiter
	account *httprate.RateLimiter
	Reports *httprate.RateLimiter
	files   *httprate.RateLimiter
	Tokens  *httprate.RateLimiter
	Bad     *httprate.RateLimiter // requests with a token that does not work; those with one that does are not held up
	Shared  *httprate.RateLimiter
	Sso     *httprate.RateLimiter
}

func newLimits(unlimited bool) limits {
	if unlimited {
		return limits{}
	}
	return limits{
		address: httprate.NewRateLimiter(signInsPerAddress, time.Minute),
		account: httprate.NewRateLimiter(signInsPerAccount, time.Minute),
		Reports: httprate.NewRateLimiter(ReportsPerUser, time.Minute),
		files:   httprate.NewRateLimiter(filesPerUser, time.Minute),
		Tokens:  httprate.NewRateLimiter(RequestsPerToken, time.Minute),
		Bad:     httprate.NewRateLimiter(BadTokens, time.Minute),
		Shared:  httprate.NewRateLimiter(SharedPerAddress, time.Minute),
		Sso:     httprate.NewRateLimiter(ssoPerAddress, time.Minute),
	}
}

// Over counts one more use of key and reports whether that is more than the limiter allows.
func Over(l *httprate.RateLimiter, w http.ResponseWriter, r *http.Request, key string) bool {
	return l != nil && l.OnLimit(w, r, key)
}

// OverUnseen does the same without headers that say how much is left.
func OverUnseen(ctx context.Context, l *httprate.RateLimiter, key string) bool {
	return Over(l, unseen{}, (&http.Request{}).WithContext(ctx), key)
}

// unseen is a response that nobody gets.
type unseen struct{}

func (unseen) Header() http.Header         { return http.Header{} }
func (unseen) Write(b []byte) (int, error) { return len(b), nil }
func (unseen) WriteHeader(int)             {}

// MayTry refuses a sign-in where its address or account has had too many tries within the minute.
func (k *Kit) MayTry(w http.ResponseWriter, r *http.Request, email string) error {
	address := ClientAddress(r)
	if Over(k.Limits.address, w, r, address) || Over(k.Limits.account, w, r, strings.ToLower(email)+" "+address) {
		return assessment.Errorf(assessment.TooMany, "Too many tries. Wait a minute, then try again")
	}
	return nil
}

// Rationed lets one person send so many files a minute: some take a second to be understood.
func (k *Kit) Rationed(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !OverUnseen(r.Context(), k.Limits.files, ActorOf(r).User.ID) {
			return h(w, r)
		}
		_, _ = io.Copy(io.Discard, r.Body) // a browser shows an answer only when it has sent everything
		return assessment.Errorf(assessment.TooMany,
			"At most %d files a minute are read for one person. Wait a minute, then choose the file again", filesPerUser)
	}
}
