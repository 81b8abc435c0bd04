package account

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"plumbline/assessment"
)

// hashParameters are those of every new password.
var hashParameters = argon2id.Params{Memory: 64 * 1024, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}

// nobodysHash takes as long to check as a real one, so that an unknown account answers no faster than a known one.
const nobodysHash = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$9zY3vV9GJcdP1m0vCqJ3y2r8gqf1uQ3m7o0k4sYwVdA"

// checkPassword returns why a password may not be chosen, empty where it may.
func checkPassword(password, email, name string) string {
	length := utf8.RuneCountInString(password)
	if length < assessment.MinPassword {
		return "Enter at least 12 characters"
	}
	if length > assessment.MaxPassword {
		return "Enter at most 128 characters"
	}
	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {
		return "Remove characters that are not plain text"
	}
	if repeats(strings.ToLower(password)) || guessed(password, nil) < fewestGuesses {
		return "This password is too common. Choose three or more unrelated words"
	}
	if guessed(password, ownWords(email, name)) < fewestGuesses {
		return "This password is too similar to your name, your email address or the product name. Choose three or more unrelated words"
	}
	return ""
}

// repeats reports whether s is one to four characters over and over.
func repeats(s string) bool {
	for n := 1; n <= 4; n++ {
		if len(s) > n && strings.Repeat(s[:n], len(s)/n+1)[:len(s)] == s {
			return true
		}
	}
	return false
}

// hashPassword returns the hash of a password for somebody who is signed in or has a link.
func (h *handlers) hashPassword(ctx context.Context, password string) (string, error) {
	leave, err := h.hashing.known.turn(ctx, "new passwords")
	if err != nil {
		return "", err
	}
	defer leave()
	return argon2id.CreateHash(password, &hashParameters)
}

func passwordMatches(password, hash string) (match, rehash bool, err error) {
	if hash == "" {
		_, _, err := argon2id.CheckHash(password, nobodysHash)
		return false, false, err
	}
	match, parameters, err := argon2id.CheckHash(password, hash)
	if err != nil || !match {
		return false, false, err
	}
	return true, *parameters != hashParameters, nil
}

// HashPassword returns the hash of a password for a new account, and an Invalid error where it may not be chosen.
func HashPassword(password, email, name string) (string, error) {
	if why := checkPassword(password, email, name); why != "" {
		return "", assessment.InvalidField("password", why)
	}
	return argon2id.CreateHash(password, &hashParameters)
}
