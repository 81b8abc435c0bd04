package account

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

// Limits by rate, each a minute. What is limited of passwords are those that were wrong.
const (
	wrongPerAddress     = 10
	wrongPerNetwork     = 30 // of many addresses: whoever has one of them often has all
	wrongPerAccount     = 20 // from everywhere, but for browsers and networks in which the person has signed in before
	wrongPerAccountHere = 5  // from one address, or in one such browser
	rightPerAccount     = 60 // a session is made of each
	providerPerAddress  = 60 // nothing is guessed there, and a whole office may have one address
)

type limits struct {
	address, network, account, here, right, provider page.Limiter

	known knownNetworks
}

func newLimits(kit *page.Kit) *limits {
	return &limits{address: kit.PerMinute(wrongPerAddress), network: kit.PerMinute(wrongPerNetwork), account: kit.PerMinute(wrongPerAccount),
		here: kit.PerMinute(wrongPerAccountHere), right: kit.PerMinute(rightPerAccount), provider: kit.PerMinute(providerPerAddress)}
}

// try is one try of a password: where it waits for its turn, and what is counted where it is wrong.
type try struct {
	queue  *queue
	lane   string
	counts []count
}

type count struct {
	limiter page.Limiter
	key     string
}

// tryOf returns how a password for an account is tried. Strangers' tries are counted together and wait by network. Who is
// signed in, and a browser or a network in which the person has signed in before, are not held up by them.
func (h entrance) tryOf(r *http.Request, email string, user access.User) (try, error) {
	address, network := page.ClientAddress(r), page.ClientNetwork(r)
	if v := page.VisitorOf(r); v != nil && v.User.ID == user.ID {
		return try{h.hashing.known, user.ID, []count{{h.limits.here, user.ID + " signed in"}}}, nil
	}
	if browser := h.owners.lastOf(r); browser != "" && h.owners.account(browser) == user.ID {
		return try{h.hashing.known, user.ID, []count{{h.limits.here, user.ID + " in " + page.HashToken(browser)}}}, nil
	}
	account := access.FoldEmail(email)
	t := try{h.hashing.strangers, network, []count{{h.limits.address, address}, {h.limits.network, network}, {h.limits.here, account + " " + address}}}
	if h.limits.account.Full(account) {
		if known, err := h.limits.known.has(r.Context(), h.store, h.Clock(), user.ID, network); known || err != nil {
			return t, err
		}
	}
	t.counts = append(t.counts, count{h.limits.account, account})
	return t, nil
}

// spent refuses a password where there were too many wrong ones within the minute.
func (t try) spent() error {
	for _, one := range t.counts {
		if one.limiter.Full(one.key) {
			return tooManyTries()
		}
	}
	return nil
}

func (t try) failed() {
	for _, one := range t.counts {
		one.limiter.Take(one.key)
	}
}

const tooManyAttempts = "Too many attempts. Wait a minute, then try again."

func tooManyTries() error {
	return assessment.Errorf(assessment.TooMany, "%s", strings.TrimSuffix(tooManyAttempts, "."))
}

// check checks a password that somebody gives for the account of an address; user is empty where there is none, which
// takes as long. rehash is true where the stored hash has older parameters. TooMany where it was not checked, Unavailable
// where too many others wait.
func (h *handlers) check(r *http.Request, email, password string, user access.User) (match, rehash bool, err error) {
	t, err := entrance{h}.tryOf(r, email, user)
	if err != nil {
		return false, false, err
	}
	if err := t.spent(); err != nil {
		return false, false, err
	}
	leave, err := t.queue.turn(r.Context(), t.lane)
	if err != nil {
		return false, false, err
	}
	defer leave()
	if err := t.spent(); err != nil { // by those before
		return false, false, err
	}
	match, rehash, err = passwordMatches(password, user.PasswordHash)
	switch {
	case err != nil:
		return false, false, err
	case !match || user.Disabled():
		t.failed()
		return false, false, nil
	case !h.limits.right.Take(user.ID):
		return false, false, tooManyTries()
	}
	return true, rehash, nil
}

const (
	networkKnown = 30 * 24 * time.Hour // after a sign-in
	networksAge  = time.Minute         // until they are read again
)

// knownNetworks are those in which people have signed in lately: what strangers try elsewhere does not keep them out
// there. They are read only while somebody tries an account too often.
type knownNetworks struct {
	mu   sync.Mutex
	read time.Time
	of   map[string]map[string]bool // by account
}

// has reports whether the account with an id signed in from a network lately.
func (k *knownNetworks) has(ctx context.Context, store Store, now time.Time, id, network string) (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if age := now.Sub(k.read); k.of == nil || age < 0 || age >= networksAge {
		signIns, err := store.SignInAddresses(context.WithoutCancel(ctx), now.Add(-networkKnown))
		if err != nil {
			return false, err
		}
		k.read, k.of = now, map[string]map[string]bool{}
		for account, addresses := range signIns {
			k.of[account] = map[string]bool{}
			for _, address := range addresses {
				k.of[account][page.NetworkOf(address)] = true
			}
		}
	}
	return k.of[id][network], nil
}
