package shipping

import (
	"bytes"
	"errors"
	"fmt"
	"log/syslog"
	"net"
	"net/url"
	"os"
	"syscall"
)

// File returns a file to which lines are appended. It is opened for each batch, so that it can be rotated.
func File(name string) Target {
	return Target{Name: "file", Says: name, Send: func(lines ...[]byte) error { return appendLines(name, lines) }}
}

// appendLines writes all lines or, where it can, none: what a full disk has cut off is taken back.
func appendLines(name string, lines [][]byte) (err error) {
	text := append(bytes.Join(lines, []byte("\n")), '\n')
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() { // a pipe or a terminal
		return writeTo(name, text)
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	end := []byte("\n")
	if info.Size() > 0 {
		if _, err := file.ReadAt(end, info.Size()-1); err != nil {
			return err
		}
	}
	if end[0] != '\n' { // the server was killed while it wrote
		text = append([]byte("\n"), text...)
	}
	if _, err := file.Write(text); err != nil {
		return errors.Join(err, file.Truncate(info.Size()))
	}
	return file.Sync()
}

// writeTo writes to a pipe or a device. It fails for a pipe that nobody reads, where the text would be lost.
func writeTo(name string, text []byte) (err error) {
	file, err := os.OpenFile(name, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if errors.Is(err, syscall.ENXIO) {
		return fmt.Errorf("no program reads the pipe %s", name)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = file.Write(text)
	return err
}

// LocalSyslog is the syslog of this machine.
const LocalSyslog = "local"

const syslogPort = "514"

// Syslog returns a syslog server: LocalSyslog, or an address such as udp://logs.example.com:514 or tcp://….
func Syslog(address string) (Target, error) {
	network, host, err := syslogAddress(address)
	if err != nil {
		return Target{}, err
	}
	return Target{Name: "syslog", Says: "syslog " + address, Send: func(lines ...[]byte) error { return sendSyslog(network, host, lines) }}, nil
}

func syslogAddress(address string) (network, host string, err error) {
	if address == LocalSyslog {
		return "", "", nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "udp" && u.Scheme != "tcp" || u.Hostname() == "" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return "", "", fmt.Errorf("%q is neither %s nor an address such as udp://logs.example.com:%s or tcp://logs.example.com:%s", address, LocalSyslog, syslogPort, syslogPort)
	}
	port := u.Port()
	if port == "" {
		port = syslogPort
	}
	return u.Scheme, net.JoinHostPort(u.Hostname(), port), nil
}

// sendSyslog connects for each batch: what is written to the connection of a server that has gone would be lost
// unnoticed.
func sendSyslog(network, host string, lines [][]byte) error {
	server, err := syslog.Dial(network, host, syslog.LOG_INFO|syslog.LOG_AUTH, "plumbline")
	if err != nil {
		return err
	}
	for _, line := range lines {
		if _, err := server.Write(line); err != nil {
			return errors.Join(err, server.Close())
		}
	}
	return server.Close()
}
