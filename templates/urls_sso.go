package templates

import "net/url"

// The addresses of single sign-on.
const (
	SSOURL         = "/login/sso"
	SSOCallbackURL = "/login/sso/callback"
	ConnectURL     = "/login/sso/connect"
	ConnectOwnURL  = "/account/sso"
)

// StartSSOURL leads to the provider, and back to an own path afterwards.
func StartSSOURL(back string) string {
	if back == "" || back == "/" {
		return SSOURL
	}
	return SSOURL + "?" + url.Values{"back": {back}}.Encode()
}
