package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// settings is how an installation runs. The table in docs/operate.md has a row for each field, in this order, with
// these words.
type settings struct {
	configured
	Addr           string      `help:"Address to listen on." default:"127.0.0.1:8080" env:"PLUMBLINE_ADDR"`
	Data           string      `help:"Data folder, with the database and the session key." default:"data" env:"PLUMBLINE_DATA" type:"path"`
	URL            string      `help:"Public address of the installation, for example https://reviews.example.com; default: derived from the address." env:"PLUMBLINE_URL"`
	TLSCert        string      `name:"tls-cert" help:"Certificate file; together with --tls-key it turns on HTTPS. The server picks up a renewed file without a restart." env:"PLUMBLINE_TLS_CERT" type:"path"`
	TLSKey         string      `name:"tls-key" help:"Key file of the certificate." env:"PLUMBLINE_TLS_KEY" type:"path"`
	Proxies        []string    `name:"trusted-proxy" help:"Addresses or ranges of proxies whose X-Forwarded-For header is trusted." env:"PLUMBLINE_TRUSTED_PROXIES"`
	SessionKeyFile string      `help:"File with the key that signs session cookies, at least 32 bytes in base64; default: created in the data folder at the first start." env:"PLUMBLINE_SESSION_KEY_FILE" type:"path"`
	TimeZone       string      `help:"Time zone of dates on pages, for people who have not chosen one." default:"UTC" env:"PLUMBLINE_TIME_ZONE"`
	Font           string      `help:"TrueType font for reports, for scripts that the built-in fonts do not cover." env:"PLUMBLINE_FONT" type:"path"`
	MetricsAddr    string      `help:"Address where Prometheus reads /metrics without sign-in. Use a loopback address, for example 127.0.0.1:9090; default: off." env:"PLUMBLINE_METRICS_ADDR"`
	OIDC           ssoSettings `embed:"" prefix:"oidc-" envprefix:"PLUMBLINE_OIDC_"`
	TeamGrowth     int64       `help:"Megabytes that one team may save in a day; 0 for no limit." default:"1024" env:"PLUMBLINE_TEAM_GROWTH"`
	AddressDays    int         `name:"audit-address-days" help:"Days for which the audit log keeps network addresses; 0 keeps them forever." default:"365" env:"PLUMBLINE_AUDIT_ADDRESS_DAYS"`
	AuditFile      string      `help:"File to which entries of the audit log are also written as they happen, one JSON object a line; default: off." env:"PLUMBLINE_AUDIT_FILE" type:"path"`
	AuditSyslog    string      `help:"Syslog server that also gets the entries: local, or an address such as udp://logs.example.com:514 or tcp://logs.example.com:514; default: off." env:"PLUMBLINE_AUDIT_SYSLOG"`
	LogFormat      string      `help:"Log format: text or json." enum:"text,json" default:"text" env:"PLUMBLINE_LOG_FORMAT"`
}

// settingsError is invalid settings, on the command line, in the environment or in a file.
type settingsError struct{ error }

func (e settingsError) Unwrap() error { return e.error }

// check returns every problem that the settings show on their own, as a settingsError.
func (s *settings) check() error {
	badAddr := checkAddress("--addr", s.Addr)
	if s.MetricsAddr != "" {
		badAddr = errors.Join(badAddr, checkAddress("--metrics-addr", s.MetricsAddr))
	}
	var badPair error
	if (s.TLSCert == "") != (s.TLSKey == "") {
		badPair = errors.New("set --tls-cert and --tls-key together")
	}
	_, badProxies := s.proxies()
	_, badZone := s.zone()
	var badGrowth error
	if s.TeamGrowth < 0 {
		badGrowth = errors.New("--team-growth must be a number of megabytes, or 0 for no limit")
	}
	var noAddress error
	if s.OIDC.Issuer != "" && s.URL == "" && !loopback(s.Addr) {
		noAddress = errors.New("--oidc-issuer requires --url: the provider sends people back only to that address")
	}
	var badDays error
	if s.AddressDays < 0 || s.AddressDays > maxAddressDays {
		badDays = fmt.Errorf("--audit-address-days: %d is not a number of days from 0 to %d", s.AddressDays, maxAddressDays)
	}
	_, badTargets := s.auditTargets()
	if err := errors.Join(badDays, badTargets, badAddr, s.checkURL(), badPair, badProxies, badZone, badGrowth, noAddress, s.OIDC.check()); err != nil {
		return settingsError{err}
	}
	return nil
}

func checkAddress(flag, address string) error {
	if strings.HasPrefix(address, "unix:") || strings.HasPrefix(address, "/") {
		return fmt.Errorf("%s: Plumbline does not listen on a unix socket such as %q; use a loopback address, for example 127.0.0.1:8080, and let the proxy connect to it", flag, address)
	}
	if _, _, err := net.SplitHostPort(address); err != nil {
		return fmt.Errorf("%s: %q is not an address with a port, for example 127.0.0.1:8080", flag, address)
	}
	return nil
}

// checkURL returns an error unless --url is empty or the root of a web address.
func (s *settings) checkURL() error {
	if s.URL == "" {
		return nil
	}
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "":
		return fmt.Errorf("--url: %q is not a web address; write it with http:// or https:// and a host", s.URL)
	case strings.Trim(u.Path, "/") != "":
		return fmt.Errorf("--url: %q has a path, but Plumbline cannot run under a path prefix; give it its own host name, for example https://plumbline.%s", s.URL, u.Hostname())
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return fmt.Errorf("--url: %q has more than a host and a port; Plumbline needs its own host", s.URL)
	}
	return nil
}

// proxies returns the trusted ranges in CIDR form.
func (s *settings) proxies() ([]string, error) {
	var ranges []string
	for _, text := range s.Proxies {
		text = strings.TrimSpace(text)
		if address, err := netip.ParseAddr(text); err == nil {
			ranges = append(ranges, netip.PrefixFrom(address, address.BitLen()).String())
			continue
		}
		if _, err := netip.ParsePrefix(text); err != nil {
			return nil, fmt.Errorf("--trusted-proxy: %q is neither an address nor a range such as 10.0.0.0/8", text)
		}
		ranges = append(ranges, text)
	}
	return ranges, nil
}

func (s *settings) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("--time-zone: %q is not a time zone; use a name such as Europe/Berlin", s.TimeZone)
	}
	return zone, nil
}

func (s *settings) logger(w io.Writer) *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// plain reports whether people reach the server by http on this machine, where a Secure cookie would be refused.
func (s *settings) plain() bool {
	return !s.secure() && loopback(s.Addr)
}

// secure reports whether people reach the server by https, which it speaks itself or a proxy speaks for it.
func (s *settings) secure() bool {
	return s.TLSCert != "" || strings.HasPrefix(s.URL, "https://")
}

// loopback reports whether an address is reached from this machine alone.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// origin returns how browsers write the origin of pages at --url, empty if there is none.
func (s *settings) origin() string {
	u, err := url.Parse(strings.ToLower(s.URL))
	if err != nil || u.Host == "" {
		return ""
	}
	if usual := map[string]string{"http": "80", "https": "443"}[u.Scheme]; u.Port() == usual {
		u.Host = strings.TrimSuffix(u.Host, ":"+usual)
	}
	return u.Scheme + "://" + u.Host
}

// host returns the host and port of --url, empty if there is none.
func (s *settings) host() string {
	u, err := url.Parse(s.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// base returns the address under which people reach the server, without a slash at its end; listening is what the server
// listens on.
func (s *settings) base(listening net.Addr) string {
	if s.URL != "" {
		return strings.TrimRight(s.URL, "/")
	}
	host := listening.String()
	if at, ok := listening.(*net.TCPAddr); ok && at.IP.IsUnspecified() {
		host = net.JoinHostPort("localhost", strconv.Itoa(at.Port))
	}
	if s.TLSCert != "" {
		return "https://" + host
	}
	return "http://" + host
}
