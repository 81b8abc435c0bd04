package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// issued writes a certificate for a host into a folder and returns the names of its files.
func issued(t *testing.T, folder, host string, from, until time.Time) (cert, key string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	plan := &x509.Certificate{SerialNumber: big.NewInt(from.UnixNano()), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: from, NotAfter: until, IsCA: true, BasicConstraintsValid: true}
	made, err := x509.CreateCertificate(rand.Reader, plan, plan, secret.Public(), secret)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: made}, key: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func TestCertificateIsRenewedWithoutRestart(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	cert, key := issued(t, folder, "one.example", now.Add(-time.Hour), now.Add(time.Hour))
	var log bytes.Buffer
	files, err := loadCertificate(cert, key, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	shown := func() string {
		got, err := files.config().GetCertificate(&tls.ClientHelloInfo{})
		if err != nil {
			t.Fatal(err)
		}
		return got.Leaf.DNSNames[0]
	}
	touched := func(minutes int) {
		at := now.Add(time.Duration(minutes) * time.Minute)
		if err := os.Chtimes(cert, at, at); err != nil {
			t.Fatal(err)
		}
	}
	issued(t, folder, "two.example", now.Add(-time.Hour), now.Add(time.Hour))
	touched(1)
	if got := shown(); got != "two.example" || !strings.Contains(log.String(), "certificate renewed") {
		t.Errorf("after a renewal: %s, log %s", got, log.String())
	}
	if err := os.WriteFile(cert, []byte("half a certif"), 0o600); err != nil {
		t.Fatal(err)
	}
	touched(2)
	for range 3 {
		if got := shown(); got != "two.example" {
			t.Errorf("after a damaged file: %s", got)
		}
	}
	if got := strings.Count(log.String(), "the server keeps the old one"); got != 1 {
		t.Errorf("said %d times that the server keeps the old one: %s", got, log.String())
	}
	if err := os.Remove(cert); err != nil {
		t.Fatal(err)
	}
	if got := shown(); got != "two.example" {
		t.Errorf("after a missing file: %s", got)
	}
}

func TestServesTLS(t *testing.T) {
	now := time.Now()
	cert, key := issued(t, t.TempDir(), "localhost", now.Add(-time.Hour), now.Add(time.Hour))
	p := started(t, "serve", "--addr", "localhost:0", "--data", t.TempDir(), "--tls-cert", cert, "--tls-key", key)
	base := p.base()
	text, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(text)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, ServerName: "localhost"}, ForceAttemptHTTP2: true}
	client := &http.Client{Transport: transport, Timeout: patience}
	response, err := client.Get(base + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || response.ProtoMajor != 2 || response.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("status %d, HTTP/%d, %v", response.StatusCode, response.ProtoMajor, response.Header)
	}
	transport.CloseIdleConnections()
	if got := p.stop(syscall.SIGTERM); got != done {
		t.Errorf("exit status %d", got)
	}
}

func TestTLSHasOnlyStrongSuites(t *testing.T) {
	now := time.Now()
	cert, key := issued(t, t.TempDir(), "localhost", now.Add(-time.Hour), now.Add(time.Hour))
	files, err := loadCertificate(cert, key, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", files.config())
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_ = conn.(*tls.Conn).Handshake()
			_ = conn.Close()
		}
	}()
	met := 0
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		conn, err := tls.Dial("tcp", listener.Addr().String(), &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{suite.ID}})
		if err != nil {
			continue
		}
		if state := conn.ConnectionState(); state.Version == tls.VersionTLS12 {
			met++
			if name := tls.CipherSuiteName(state.CipherSuite); !strings.Contains(name, "ECDHE") || !strings.Contains(name, "GCM") && !strings.Contains(name, "POLY1305") {
				t.Errorf("the server takes %s", name)
			}
		}
		_ = conn.Close()
	}
	if met == 0 {
		t.Error("the server takes no suite of TLS 1.2")
	}
}
