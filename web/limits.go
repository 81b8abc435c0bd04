package web

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
	reportsPerUser    = 5   // a minute
	filesPerUser      = 10  // a minute, of questionnaires and reviews to read
	requestsPerToken  = 120 // a minute
	badTokens         = 10  // a minute and address
	sharedPerAddress  = 30  // a minute, of pages and downloads of shared reports
	ssoPerAddress     = 60  // a minute: nothing is guessed there, and a whole office may have one address
)

type limits struct {
	address *httprate.RateLimiter
	account *httprate.RateLimiter
	reports *httprate.RateLimiter
	files   *httprate.RateLimiter
	tokens  *httprate.RateLimiter
	bad     *httprate.RateLimiter // requests with a token that does not work; those with one that does are not held up
	shared  *httprate.RateLimiter
	sso     *httprate.RateLimiter
}

func newLimits(unlimited bool) limits {
	if unlimited {
		return limits{}
	}
	return limits{
		address: httprate.NewRateLimiter(signInsPerAddress, time.Minute),
		account: httprate.NewRateLimiter(signInsPerAccount, time.Minute),
		reports: httprate.NewRateLimiter(reportsPerUser, time.Minute),
		files:   httprate.NewRateLimiter(filesPerUser, time.Minute),
		tokens:  httprate.NewRateLimiter(requestsPerToken, time.Minute),
		bad:     httprate.NewRateLimiter(badTokens, time.Minute),
		shared:  httprate.NewRateLimiter(sharedPerAddress, time.Minute),
		sso:     httprate.NewRateLimiter(ssoPerAddress, time.Minute),
	}
}

// over counts one more use of key and reports whether that is more than the limiter allows.
func over(l *httprate.RateLimiter, w http.ResponseWriter, r *http.Request, key string) bool {
	return l != nil && l.OnLimit(w, r, key)
}

// overUnseen does the same without headers that say how much is left.
func overUnseen(ctx context.Context, l *httprate.RateLimiter, key string) bool {
	return over(l, unseen{}, (&http.Request{}).WithContext(ctx), key)
}

// unseen is a response that nobody gets.
type unseen struct{}

func (unseen) Header() http.Header         { return http.Header{} }
func (unseen) Write(b []byte) (int, error) { return len(b), nil }
func (unseen) WriteHeader(int)             {}

// mayTry refuses a sign-in where its address or account has had too many tries within the minute.
func (s *Server) mayTry(w http.ResponseWriter, r *http.Request, email string) error {
	address := clientAddress(r)
	if over(s.limits.address, w, r, address) || over(s.limits.account, w, r, strings.ToLower(email)+" "+address) {
		return assessment.Errorf(assessment.TooMany, "Too many tries. Wait a minute, then try again")
	}
	return nil
}

// rationed lets one person send so many files a minute: some take a second to be understood.
func (s *Server) rationed(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !overUnseen(r.Context(), s.limits.files, actorOf(r).User.ID) {
			return h(w, r)
		}
		_, _ = io.Copy(io.Discard, r.Body) // a browser shows an answer only when it has sent everything
		return assessment.Errorf(assessment.TooMany,
			"At most %d files a minute are read for one person. Wait a minute, then choose the file again", filesPerUser)
	}
}
