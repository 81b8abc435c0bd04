package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	sessionKeyFile     = "session.key"
	sessionKeyVariable = "PLUMBLINE_SESSION_KEY"
	minSessionKey      = 32 // bytes
)

// sessionKey returns the key that signs session cookies: PLUMBLINE_SESSION_KEY if it is set, else the key in
// --session-key-file, else the key in the data folder, which is created at the first start.
func (s *settings) sessionKey() ([]byte, error) {
	key, err := s.readSessionKey()
	if s.keyIsOurs() && errors.Is(err, fs.ErrNotExist) {
		return newSessionKey(s.keyFile())
	}
	return key, err
}

// keyIsOurs reports whether the key is the one in the data folder.
func (s *settings) keyIsOurs() bool {
	return os.Getenv(sessionKeyVariable) == "" && s.SessionKeyFile == ""
}

// keyFile returns the file of the key, which need not exist.
func (s *settings) keyFile() string {
	if s.SessionKeyFile != "" {
		return s.SessionKeyFile
	}
	return filepath.Join(s.Data, sessionKeyFile)
}

// readSessionKey returns the key. If there is none, fs.ErrNotExist is in the chain of the error.
func (s *settings) readSessionKey() ([]byte, error) {
	if key := os.Getenv(sessionKeyVariable); key != "" {
		return longEnough(sessionKeyVariable, []byte(key))
	}
	name := s.keyFile()
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the session key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil {
		return nil, fmt.Errorf("the session key in %s is damaged: it must be base64. Create a new one, for example with "+
			"`openssl rand -base64 32`, or delete the one in the data folder; everyone must then sign in again", name)
	}
	return longEnough(name, key)
}

func longEnough(where string, key []byte) ([]byte, error) {
	if len(key) < minSessionKey {
		return nil, fmt.Errorf("the session key in %s has %d bytes, but needs at least %d; `openssl rand -base64 32` creates one",
			where, len(key), minSessionKey)
	}
	return key, nil
}

func newSessionKey(name string) ([]byte, error) {
	key := make([]byte, minSessionKey)
	_, _ = rand.Read(key)
	text := base64.StdEncoding.EncodeToString(key) + "\n"
	err := replaceFile(name, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("write the session key: %w", err)
	}
	return key, nil
}
