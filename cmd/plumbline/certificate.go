package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"
)

// certificate is a certificate in two files, which are read again after a change.
type certificate struct {
	cert, key string // names of the files
	logger    *slog.Logger

	mutex  sync.Mutex
	loaded *tls.Certificate
	seen   [2]fileState // of the files at the last attempt to read them
}

// fileState is how a file looked at one moment.
type fileState struct {
	modified time.Time
	size     int64
}

// loadCertificate reads both files for the first time.
func loadCertificate(cert, key string, logger *slog.Logger) (*certificate, error) {
	c := &certificate{cert: cert, key: key, logger: logger}
	if _, err := c.current(); err != nil {
		return nil, err
	}
	return c, nil
}

// config returns settings for a server that always shows the newest certificate.
func (c *certificate) config() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		// Of TLS 1.2 those with forward secrecy that authenticate what they encrypt; TLS 1.3 has no others.
		CipherSuites: []uint16{
			tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
			tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
			tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.current() },
	}
}

// current returns the certificate in the files. If changed files cannot be read, it keeps the previous certificate and
// logs the failure once per change.
func (c *certificate) current() (*tls.Certificate, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	now := [2]fileState{stateOf(c.cert), stateOf(c.key)}
	if c.loaded != nil && now == c.seen {
		return c.loaded, nil
	}
	read, err := readCertificate(c.cert, c.key)
	c.seen = now
	switch {
	case err == nil && c.loaded != nil:
		c.logger.Info("certificate renewed", "file", c.cert)
	case err != nil && c.loaded != nil:
		c.logger.Error("the changed certificate cannot be used; the server keeps the old one", "error", err.Error())
		return c.loaded, nil
	}
	c.loaded = read
	return read, err
}

func stateOf(name string) fileState {
	info, err := os.Stat(name)
	if err != nil {
		return fileState{}
	}
	return fileState{info.ModTime(), info.Size()}
}

// readCertificate returns the certificate of a pair of files, its leaf parsed.
func readCertificate(cert, key string) (*tls.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(cert, key)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("the certificate cannot be read: %w", err)
	case err != nil:
		return nil, fmt.Errorf("the certificate %s and the key %s do not match or are damaged: %w", cert, key, err)
	}
	return &pair, nil
}
