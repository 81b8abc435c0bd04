package main

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"plumbline/assessment/report"
	"plumbline/assessment/words"
)

// renewalTime is how long before its expiry a certificate should be renewed.
const renewalTime = 14 * 24 * time.Hour

func (c *doctorCommand) checkConfiguration() finding {
	if err := c.check(); err != nil {
		return broken("correct the setting", "%s", strings.ReplaceAll(err.Error(), "\n", ", "))
	}
	if file := c.file(); file != "" {
		return fine("the settings in %s, the environment and the flags are valid", file)
	}
	return fine("the settings in the environment and the flags are valid; no settings file is in use")
}

func (c *doctorCommand) checkAddresses() finding {
	if !c.secure() && !loopback(c.Addr) {
		return warning("set a certificate, or use a TLS proxy and set its address with --url https://…",
			"nobody can sign in from another machine over HTTP on %s", c.Addr)
	}
	if c.MetricsAddr != "" && !loopback(c.MetricsAddr) {
		return warning("use a loopback address, or make sure that only Prometheus can reach it",
			"the metrics on %s are open to other machines without sign-in", c.MetricsAddr)
	}
	if c.URL != "" {
		return fine("listens on %s, and people reach it at %s", c.Addr, c.URL)
	}
	return fine("listens on %s, for this machine or with its own certificate", c.Addr)
}

// checkPort checks that the address is free, unless a server has the data folder open: then that server uses it.
func (c *doctorCommand) checkPort(ctx context.Context, data dataFolder) finding {
	if data.Holder != "" {
		return fine("not checked while the server runs")
	}
	listener, err := listen(ctx, "--addr", c.Addr)
	if err != nil {
		return broken("check the address", "%s", err)
	}
	if err := listener.Close(); err != nil {
		return broken("try again", "%s", err)
	}
	return fine("%s is free", c.Addr)
}

func (c *doctorCommand) checkSessionKey() finding {
	_, err := c.readSessionKey()
	if errors.Is(err, fs.ErrNotExist) && c.keyIsOurs() {
		return fine("none yet; the first start creates it")
	}
	if err != nil {
		return broken("correct the key; with a different key, everyone must sign in again", "%s", err)
	}
	if os.Getenv(sessionKeyVariable) != "" {
		return fine("from the environment, and long enough")
	}
	info, err := os.Stat(c.keyFile())
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return warning("chmod 600 "+c.keyFile(), "%s can be read by other users of this machine", c.keyFile())
	}
	return fine("in %s, and long enough", c.keyFile())
}

func (c *doctorCommand) checkCertificate(now time.Time) finding {
	if c.TLSCert == "" || c.TLSKey == "" {
		return fine("none is set: this server uses HTTP")
	}
	pair, err := readCertificate(c.TLSCert, c.TLSKey)
	if err != nil {
		return broken("set a certificate and its key that this user can read", "%s", err)
	}
	ends := pair.Leaf.NotAfter
	switch {
	case now.After(ends):
		return broken("renew it", "it expired on %s", words.Day(ends))
	case now.Before(pair.Leaf.NotBefore):
		return broken("wait, or set the clock", "it is not valid before %s", words.Day(pair.Leaf.NotBefore))
	case now.Add(renewalTime).After(ends):
		return warning("renew it", "it expires on %s", words.Day(ends))
	}
	if u, err := url.Parse(c.URL); err == nil && u.Hostname() != "" {
		if err := pair.Leaf.VerifyHostname(u.Hostname()); err != nil {
			return warning("browsers show a warning, unless a proxy presents another certificate", "it is not valid for %s", u.Hostname())
		}
	}
	return fine("valid until %s", words.Day(ends))
}

func (c *doctorCommand) checkFonts() finding {
	font, err := readFont(c.Font)
	if err == nil {
		_, err = report.New(report.Options{Font: font})
	}
	if err != nil {
		return broken("set a TrueType font, or none", "%s", err)
	}
	if c.Font == "" {
		return fine("reports use the built-in fonts")
	}
	return fine("reports use %s", c.Font)
}
