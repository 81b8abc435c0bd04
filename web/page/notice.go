package page

import (
	"log/slog"
	"net/http"

	"github.com/gorilla/securecookie"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

const noticeLifetime = 60 // seconds

// TokenRevoked is said wherever somebody revokes an API token.
const TokenRevoked = "Token revoked. It no longer works."

// MaxNotice is the longest sentence that fits, in bytes.
const MaxNotice = 500

// notices leaves a sentence for the next page.
type notices struct {
	codec  *securecookie.SecureCookie
	secure bool
	logger *slog.Logger
}

func newNotices(o Options) *notices {
	codec := securecookie.New(o.SecretKey, nil)
	codec.MaxAge(noticeLifetime)
	codec.SetSerializer(securecookie.NopEncoder{})
	return &notices{codec, !o.Insecure, o.Logger}
}

// Notify leaves a sentence for the next page. It travels in a cookie, since reading a page changes nothing in the
// database. The cookie is sealed, so that nobody else can put words into the server's mouth.
func (n *notices) Notify(w http.ResponseWriter, sentence string) {
	cookie := noticeCookie(n.secure)
	sealed, err := n.codec.Encode(cookie.Name, []byte(sentence))
	if err != nil {
		n.logger.Error("a notice is not shown", "error", err.Error())
		return
	}
	cookie.Value, cookie.MaxAge = sealed, noticeLifetime
	http.SetCookie(w, cookie)
}

// TakeNotice returns the sentence that the last request left, and removes it.
func (n *notices) TakeNotice(w http.ResponseWriter, r *http.Request) string {
	cookie := noticeCookie(n.secure)
	left, err := r.Cookie(cookie.Name)
	if err != nil || left.Value == "" {
		return ""
	}
	cookie.MaxAge = -1
	http.SetCookie(w, cookie)
	var sentence []byte
	if err := n.codec.Decode(cookie.Name, left.Value, &sentence); err != nil {
		return ""
	}
	return string(sentence)
}

func noticeCookie(secure bool) *http.Cookie {
	cookie := &http.Cookie{Name: "notice", Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
	if secure {
		cookie.Name = "__Host-notice"
	}
	return cookie
}

// UndoneNotice says how many answers that were changed together were put back, and how many were not.
func UndoneNotice(u assessment.Undoing) string {
	notice := words.Plural(u.Restored, "answer", "answers") + " restored."
	if u.Left > 0 {
		notice += " " + words.Plural(u.Left, "answer was changed since then and is kept.", "answers were changed since then and are kept.")
	}
	return notice
}
