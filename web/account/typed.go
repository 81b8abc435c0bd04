package account

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/gorilla/securecookie"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
	"plumbline/web/typed"
)

// owners seals whose text a form holds: a cookie of the browser says who signed in there last, also when the session is
// long gone.
type owners struct {
	codec  *securecookie.SecureCookie
	name   string
	secure bool
}

const (
	ownerCookie   = "last"
	ownerLifetime = 30 * 24 * time.Hour
)

func newOwners(key []byte, secure bool) owners {
	codec := securecookie.New(key, nil)
	codec.MaxAge(int(ownerLifetime.Seconds()))
	codec.SetSerializer(securecookie.NopEncoder{})
	o := owners{codec: codec, name: ownerCookie, secure: secure}
	if secure {
		o.name = "__Host-" + ownerCookie
	}
	return o
}

// remember notes in the browser who signs in there.
func (o owners) remember(w http.ResponseWriter, account string) error {
	sealed, err := o.codec.Encode(o.name, []byte(account))
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: o.name, Value: sealed, Path: "/", MaxAge: int(ownerLifetime.Seconds()), HttpOnly: true,
		Secure: o.secure, SameSite: http.SameSiteLaxMode})
	return nil
}

// lastOf returns who signed in last in the browser of a request, sealed; empty where nobody knows.
func (o owners) lastOf(r *http.Request) string {
	cookie, err := r.Cookie(o.name)
	if err != nil || o.account(cookie.Value) == "" {
		return ""
	}
	return cookie.Value
}

func (o owners) account(sealed string) string {
	var account []byte
	if err := o.codec.Decode(o.name, sealed, &account); err != nil {
		return ""
	}
	return string(account)
}

// mayShow reports whether what a form holds may be shown to a person: it is theirs, or nobody knows whose it is.
func (o owners) mayShow(f typed.Form, account string) bool {
	return f.Owner == "" || o.account(f.Owner) == account
}

// entrance is where people come whose session has ended.
type entrance struct{ *handlers }

// AskToSignIn answers a form whose session has ended with the sign-in page, which carries on what was typed and leads
// back to an own path.
func (h entrance) AskToSignIn(w http.ResponseWriter, r *http.Request, back string) error {
	form := typed.Read(r)
	form.Owner = h.owners.lastOf(r)
	v := h.signInView(r, "")
	v.Back = back
	v.Carried = carriedView(form)
	return h.Render(w, r, http.StatusUnauthorized, view.SignIn(v))
}

func carriedView(f typed.Form) templates.CarriedForm {
	if f.TooLarge {
		return templates.CarriedForm{TooLarge: true}
	}
	v := templates.CarriedForm{Files: f.Files}
	for _, field := range f.Hidden() {
		v.Fields = append(v.Fields, templates.SentField(field))
	}
	return v
}

// readSignIn reads a form of the sign-in page, which may carry another one. Its own fields are few.
func readSignIn(r *http.Request) (typed.Form, error) {
	if err := page.ReadForm(r); err != nil {
		return typed.Form{}, err
	}
	form, own := typed.Carried(r.PostForm)
	if len(own.Encode()) > page.MaxSignIn {
		return form, assessment.Errorf(assessment.TooLarge, page.FormTooLarge)
	}
	return form, nil
}

// goOn leads who has signed in to an own path, with the form that was carried.
func (h entrance) goOn(w http.ResponseWriter, r *http.Request, account, back string, form typed.Form) error {
	back = page.OwnPath(back, "")
	switch {
	case form.Action == "":
	case !h.owners.mayShow(form, account):
		h.Notify(w, "Someone else was signed in here before. Their input is not shown.")
		back = templates.PortfolioURL
	default:
		back = page.WithTyped(page.WithoutTyped(back), h.Typed.Keep(account, form))
	}
	return page.Redirect(w, r, back)
}

// showSession tells the script of a page when the session ends. A POST keeps it, as any does.
func (h entrance) showSession(w http.ResponseWriter, r *http.Request) error {
	end := h.SessionEnd(r)
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(end)
}
