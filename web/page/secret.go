package page

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
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
