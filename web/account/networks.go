package account

import (
	"context"
	"sync"
	"time"

	"plumbline/web/page"
)

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
