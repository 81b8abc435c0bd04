package web

import (
	"encoding/base64"
	"net/http"
	"unicode/utf8"
)

const noticeCookie = "notice"

// maxNotice is the longest sentence that fits, in bytes.
const maxNotice = 500

// notify leaves a sentence for the next page. It travels in a cookie, since reading a page changes nothing in the database.
func (s *Server) notify(w http.ResponseWriter, sentence string) {
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(sentence)), Path: "/",
		MaxAge: 60, HttpOnly: true, Secure: !s.Insecure, SameSite: http.SameSiteLaxMode})
}

// takeNotice returns the sentence that the last request left, and removes it.
func (s *Server) takeNotice(w http.ResponseWriter, r *http.Request) string {
	cookie, err := r.Cookie(noticeCookie)
	if err != nil || cookie.Value == "" {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: !s.Insecure, SameSite: http.SameSiteLaxMode})
	sentence, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || len(sentence) > maxNotice || !utf8.Valid(sentence) {
		return ""
	}
	return string(sentence)
}
