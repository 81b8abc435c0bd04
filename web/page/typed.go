package page

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	chi "github.com/go-chi/chi/v5"

	"plumbline/templates"
	"plumbline/web/typed"
)

// Entrance asks people to sign in who sent a form without a session. The room of accounts sets it.
type Entrance interface {
	// AskToSignIn answers the form with the sign-in page, which carries on what was typed and leads back to an own path.
	AskToSignIn(w http.ResponseWriter, r *http.Request, back string) error
}

// formPage returns the page on which the form of a request stood: the one that the browser names, else the one nearest
// to the address of the form.
func formPage(r *http.Request) string {
	from := WithoutTyped(OwnPath(r.Header.Get("Referer"), r.Host))
	if path, _, _ := strings.Cut(from, "?"); path != "/" && path != templates.SignInURL && isPage(r, path) {
		return from
	}
	path := r.URL.Path
	for path != "" && !isPage(r, path) {
		path = path[:strings.LastIndex(path, "/")]
	}
	if path == "" {
		return from
	}
	return (&url.URL{Path: path}).EscapedPath()
}

func isPage(r *http.Request, path string) bool {
	routes := chi.RouteContext(r.Context())
	return routes != nil && routes.Routes != nil && routes.Routes.Match(chi.NewRouteContext(), http.MethodGet, path)
}

// WithTyped returns the address of a page into which a form that is kept is filled.
func WithTyped(path, id string) string {
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	return path + mark + url.Values{typed.Param: {id}}.Encode()
}

// WithoutTyped returns the address of the page itself.
func WithoutTyped(path string) string {
	u, err := url.Parse(path)
	if err != nil || !u.Query().Has(typed.Param) {
		return path
	}
	query := u.Query()
	query.Del(typed.Param)
	u.RawQuery = query.Encode()
	return u.RequestURI()
}

// typedID returns the secret of the form that the address of a page asks for, empty for none.
func typedID(r *http.Request) string {
	if r.Method != http.MethodGet || VisitorOf(r) == nil || !strings.Contains(r.URL.RawQuery, typed.Param+"=") {
		return ""
	}
	return r.URL.Query().Get(typed.Param)
}

// fillTyped fills what somebody typed before their session ended into the page that is about to be shown.
func (k *Kit) fillTyped(r *http.Request, page *bytes.Buffer) error {
	id := typedID(r)
	if id == "" {
		return nil
	}
	form, known := k.Typed.Of(VisitorOf(r).User.ID, id)
	var filled bytes.Buffer
	err := typed.Fill(&filled, page, r.URL.Path, form, func(o typed.Outcome) (string, error) {
		view := templates.TypedView{Lost: !known, Found: o.Found, Action: OwnPath(form.Action, ""), Files: form.Files,
			Left: sentFields(o.Left), Fields: sentFields(form.List())}
		var says bytes.Buffer
		err := templates.Typed(view).Render(r.Context(), &says)
		return says.String(), err
	})
	if err != nil {
		return err
	}
	*page = filled
	return nil
}

func sentFields(fields []typed.Field) []templates.SentField {
	list := make([]templates.SentField, len(fields))
	for i, field := range fields {
		list[i] = templates.SentField(field)
	}
	return list
}
