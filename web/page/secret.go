package page

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"

	"plumbline/templates"
)

// TokenPrefix begins every API token, so that people and scanners of code know one when they see it.
const TokenPrefix = "plb_"

// NewToken returns a new secret, of a link or an API token: 256 random bits, safe in an address.
func NewToken() string {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	return base64.RawURLEncoding.EncodeToString(secret)
}

// HashToken returns what the database keeps of a secret that NewToken made.
func HashToken(token string) string { return HashOf([]byte(token)) }

// HashOf returns the SHA-256 of a secret, hex: what the database knows of it.
func HashOf(secret []byte) string {
	sum := sha256.Sum256(secret)
	return hex.EncodeToString(sum[:])
}

// ShownOnce returns the secret of what a form makes, which is shown once and never stored. The same form, with the random
// request that its page gave it, gets the same secret again: a double click loses nothing. Nobody can work the secret out
// from the form alone, nor from what the server keeps. A form without a request gets a new secret each time.
func (k *Kit) ShownOnce(r *http.Request, parts ...string) string {
	request := r.PostFormValue(templates.FieldRequest)
	if len(request) != len(NewToken()) {
		return NewToken()
	}
	sum := hmac.New(sha256.New, k.SecretKey)
	sum.Write([]byte("shown once\x00" + request + "\x00" + strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}
