package templates

import "net/url"

// The addresses of single sign-on.
const (
	SSOURL         = "/login/sso"
	SSOCallbackURL = "/login/sso/callback"
	ConnectURL     = "/login/sso/connect"
	ConnectOwnURL  = "/account/sso"
)

// ParamFresh asks the provider to let nobody through who does not show who they are now.
const ParamFresh = "fresh"

// StartSSOURL leads to the provider, and back to an own path afterwards.
func StartSSOURL(back string) string {
	if back == "" || back == "/" {
		return SSOURL
	}
	return SSOURL + "?" + url.Values{"back": {back}}.Encode()
}

// FreshSSOURL leads to the provider, which asks again who somebody is, and back.
func FreshSSOURL(back string) string {
	return SSOURL + "?" + url.Values{"back": {back}, ParamFresh: {"1"}}.Encode()
}
