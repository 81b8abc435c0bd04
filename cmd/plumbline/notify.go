package main

import (
	"fmt"
	"net"
	"os"
)

// What a service tells systemd.
const (
	serviceReady    = "READY=1"
	serviceStopping = "STOPPING=1"
)

// notify tells systemd what the service does, where systemd has started it and wants to know.
func notify(state string) error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	return nil
}
