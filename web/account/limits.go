package account

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/web/page"
)

// Limits by rate, each a minute.
const (
	signInsPerAddress  = 10
	signInsPerAccount  = 5  // and address, so that a stranger's tries do not lock the owner out
	providerPerAddress = 60 // nothing is guessed there, and a whole office may have one address
)

type limits struct{ address, account, provider page.Limiter }

func newLimits(kit *page.Kit) limits {
	return limits{address: kit.PerMinute(signInsPerAddress), account: kit.PerMinute(signInsPerAccount), provider: kit.PerMinute(providerPerAddress)}
}

// mayTry refuses a password where its address or account has had too many tries within the minute.
func (h *handlers) mayTry(r *http.Request, email string) error {
	address := page.ClientAddress(r)
	if h.limits.address.Take(address) && h.limits.account.Take(strings.ToLower(email)+" "+address) {
		return nil
	}
	return assessment.Errorf(assessment.TooMany, "Too many tries. Wait a minute, then try again")
}
