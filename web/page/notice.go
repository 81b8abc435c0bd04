package page

import (
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

func newNotices(key []byte) *securecookie.SecureCookie {
	codec := securecookie.New(key, nil)
	codec.MaxAge(noticeLifetime)
	codec.SetSerializer(securecookie.NopEncoder{})
	return codec
}

// Notify leaves a sentence for the next page. It travels in a cookie, since reading a page changes nothing in the
// database. The cookie is sealed, so that nobody else can put words into the server's mouth.
func (k *Kit) Notify(w http.ResponseWriter, sentence string) {
	cookie := noticeCookie(!k.Insecure)
	sealed, err := k.notices.Encode(cookie.Name, []byte(sentence))
	if err != nil {
		k.Logger.Error("a notice is not shown", "error", err.Error())
		return
	}
	cookie.Value, cookie.MaxAge = sealed, noticeLifetime
	http.SetCookie(w, cookie)
}

// TakeNotice returns the sentence that the last request left, and removes it.
func (k *Kit) TakeNotice(w http.ResponseWriter, r *http.Request) string {
	cookie := noticeCookie(!k.Insecure)
	left, err := r.Cookie(cookie.Name)
	if err != nil || left.Value == "" {
		return ""
	}
	cookie.MaxAge = -1
	http.SetCookie(w, cookie)
	var sentence []byte
	if err := k.notices.Decode(cookie.Name, left.Value, &sentence); err != nil {
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
		notice += " " + words.Plural(u.Left, "answer was changed since and stays as it is.", "answers were changed since and stay as they are.")
	}
	return notice
}
