package account

import (
	"net/http"
	"net/url"

	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

// through says whose session began at the provider.
type through struct{ User string }

// providerSignOut returns where a person who signs out goes on to end their session at the provider as well, from where
// they come back to the sign-in page. It is empty where their session here did not begin there, and where the provider
// has no such address or cannot be asked: then they are signed out here alone.
func (o *signOn) providerSignOut(w http.ResponseWriter, r *http.Request) string {
	var began through
	v := page.VisitorOf(r)
	if o.provider == nil || v == nil || !o.sealer.get(r, throughCookie, &began) {
		return ""
	}
	o.sealer.drop(w, throughCookie)
	if began.User != v.User.ID {
		return ""
	}
	found, err := o.provider.find(r.Context())
	if err != nil || found.signOut == "" {
		return ""
	}
	address, err := url.Parse(found.signOut)
	if err != nil {
		return ""
	}
	query := address.Query()
	query.Set("client_id", o.provider.ClientID)
	query.Set("post_logout_redirect_uri", o.Absolute(r, templates.SignInURL))
	address.RawQuery = query.Encode()
	return address.String()
}

// leaveForProvider shows the page from which the browser goes on by itself: a form may not lead to another site.
func (o *signOn) leaveForProvider(w http.ResponseWriter, r *http.Request, address string) error {
	w.Header().Set("Refresh", "0; url="+address)
	frame := o.Page(r, "Signed out")
	frame.Person = ""
	return o.Render(w, r, http.StatusOK, view.FromProvider(view.ToProviderView{Page: frame, Name: o.provider.Name, URL: address}))
}
