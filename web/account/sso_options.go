package account

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"plumbline/assessment/access"
)

// SSO says how people sign in through an OpenID provider. Zero values have the defaults that are named.
type SSO struct {
	Issuer       string       // as the provider writes it in its tokens; see CheckIssuer
	ClientID     string       // of this installation at the provider
	ClientSecret string       // of the client
	Name         string       // of the provider, on buttons; default "single sign-on"
	GroupsClaim  string       // the claim that names a person's groups; default "groups"
	Groups       []GroupRole  // what groups make their members; teams that none of them names are left alone
	AdminGroup   string       // whose members administer the installation, and nobody else who signs in this way; default: not decided here
	Only         bool         // administrators alone may still sign in with a password
	Client       *http.Client // asks the provider; default one with a limit of time
}

// GroupRole makes the members of a group of the provider members of a team.
type GroupRole struct {
	Group string
	Team  string // id
	Role  access.Role
}

// providerTimeout bounds each question to the provider.
const providerTimeout = 10 * time.Second

// complete returns the options with their defaults, and an error where something is missing.
func (o SSO) complete() (SSO, error) {
	if err := CheckIssuer(o.Issuer); err != nil {
		return o, err
	}
	if o.ClientID == "" || o.ClientSecret == "" {
		return o, errors.New("single sign-on needs a client ID and a client secret")
	}
	o.Name = cmp.Or(o.Name, "single sign-on")
	o.GroupsClaim = cmp.Or(o.GroupsClaim, "groups")
	if o.Client == nil {
		o.Client = &http.Client{Timeout: providerTimeout, CheckRedirect: stayWithProvider}
	}
	return o, nil
}

// stayWithProvider follows no redirect: secrets go to the addresses that the provider has published, and nowhere else.
func stayWithProvider(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// personalTenant is the tenant of Entra ID in which everybody's personal Microsoft account is.
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

// CheckIssuer returns an error unless an issuer is one whose people one organisation knows: a web address, by https
// except on this machine, that stands for no more than one tenant.
func CheckIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err != nil || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("%q is not the address of an issuer, such as https://login.microsoftonline.com/TENANT/v2.0", issuer)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopbackHost(u.Hostname())) {
		return fmt.Errorf("the issuer %q must use https", issuer)
	}
	if strings.ContainsAny(u.Path, "{}") {
		return fmt.Errorf("the issuer %q has a placeholder; use the ID of your tenant instead", issuer)
	}
	tenant, _, _ := strings.Cut(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	if slices.Contains([]string{"common", "organizations", "consumers", personalTenant}, tenant) && microsoft(u.Hostname()) {
		return fmt.Errorf("the issuer %q would let in people of every organization that has Microsoft accounts; "+
			"use the ID of your tenant instead of %q", issuer, tenant)
	}
	return nil
}

// microsoft reports whether a host is one by which Entra ID signs people in, in any of its clouds.
func microsoft(host string) bool {
	for _, domain := range []string{"microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "windows.net", "microsoft.com"} {
		if host = strings.ToLower(host); host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}

func loopbackHost(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
