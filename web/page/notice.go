package page

import (
	"encoding/base64"
	"net/http"
	"unicode/utf8"
)

const noticeCookie = "notice"

// MaxNotice is the longest sentence that fits, in bytes.
const MaxNotice = 500

// Notify leaves a sentence for the next page. It travels in a cookie, since reading a page changes nothing in the database.
func (k *Kit) Notify(w http.ResponseWriter, sentence string) {
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(sentence)), Path: "/",
		MaxAge: 60, HttpOnly: true, Secure: !k.Insecure, SameSite: http.SameSiteLaxMode})
}

// TakeNotice returns the sentence that the last request left, and removes it.
func (k *Kit) TakeNotice(w http.ResponseWriter, r *http.Request) string {
	cookie, err := r.Cookie(noticeCookie)
	if err != nil || cookie.Value == "" {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: !k.Insecure, SameSite: http.SameSiteLaxMode})
	sentence, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || len(sentence) > MaxNotice || !utf8.Valid(sentence) {
		return ""
	}
	return string(sentence)
}
