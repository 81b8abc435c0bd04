package typed

import (
	"crypto/rand"
	"slices"
	"sync"
	"time"
)

// Bounds of what is kept between a sign-in and the page with the form.
const (
	life       = time.Hour
	maxKept    = 2000
	maxBytes   = 16 << 20
	maxOfOne   = 2 << 20
	overhead   = 500 // bytes of a form beside its fields
	ofStranger = "address "
)

// Param is the parameter by which the address of a page names the form to fill in.
const Param = "typed"

// Keeper keeps forms in memory for a while: of a person who has signed in, until they have sent it, and of one who is
// signing in elsewhere. Where there is no room, the oldest goes first: of the same person or address, then of all.
type Keeper struct {
	clock func() time.Time

	mu    sync.Mutex
	forms []kept // in the order in which they came
}

type kept struct {
	id, owner string
	form      Form
	bytes     int
	until     time.Time
}

// NewKeeper returns a keeper that holds nothing.
func NewKeeper(clock func() time.Time) *Keeper { return &Keeper{clock: clock} }

// Keep keeps a form of an account, and returns the secret by which its page finds it.
func (k *Keeper) Keep(account string, f Form) string { return k.keep(account, f) }

// KeepAway keeps the form of somebody at an address who signs in elsewhere meanwhile.
func (k *Keeper) KeepAway(address string, f Form) string { return k.keep(ofStranger+address, f) }

func (k *Keeper) keep(owner string, f Form) string {
	now := k.clock()
	one := kept{id: rand.Text(), owner: owner, form: f, bytes: f.size() + overhead, until: now.Add(life)}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drop(func(old kept) bool { return !now.Before(old.until) })
	ofOwner, all := one.bytes, one.bytes
	for _, old := range k.forms {
		all += old.bytes
		if old.owner == owner {
			ofOwner += old.bytes
		}
	}
	count := len(k.forms)
	k.drop(func(old kept) bool {
		if all <= maxBytes && count < maxKept && (old.owner != owner || ofOwner <= maxOfOne) {
			return false
		}
		all -= old.bytes
		count--
		if old.owner == owner {
			ofOwner -= old.bytes
		}
		return true
	})
	k.forms = append(k.forms, one)
	return one.id
}

// drop forgets the forms that are named, asked from the oldest on.
func (k *Keeper) drop(named func(kept) bool) { k.forms = slices.DeleteFunc(k.forms, named) }

// Of returns the form of an account that a secret leads to, and false where it is not kept any more.
func (k *Keeper) Of(account, id string) (Form, bool) { return k.find(account, id) }

// Away returns the form of somebody who has signed in elsewhere. Only their browser knows the secret.
func (k *Keeper) Away(id string) (Form, bool) { return k.find("", id) }

func (k *Keeper) find(owner, id string) (Form, bool) {
	now := k.clock()
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, one := range k.forms {
		if one.id == id && now.Before(one.until) && (owner == "" || one.owner == owner) {
			return one.form, true
		}
	}
	return Form{}, false
}
