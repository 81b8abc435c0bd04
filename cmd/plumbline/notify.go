package main

import (
	"fmt"
	"net"
	"os"
)

// The states that a service reports to systemd.
const (
	serviceReady    = "READY=1"
	serviceStopping = "STOPPING=1"
)

// notify reports a state to systemd, if systemd started the service and expects reports.
func notify(state string) error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("notify systemd: %w", err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("notify systemd: %w", err)
	}
	return nil
}
