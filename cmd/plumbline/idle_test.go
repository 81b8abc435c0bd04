package main

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// restingClient is a connection over which requests are sent one after the other.
type restingClient struct {
	net.Conn
	answers *bufio.Reader
}

func (c restingClient) ask() error {
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		return err
	}
	response, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// TestIdleConnectionsAreFew lets five clients rest where three may: those that rest for longest have to connect anew.
func TestIdleConnectionsAreFew(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	idle := make(chan struct{}, 5)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateIdle {
			idle <- struct{}{}
		}
	}
	watchIdle(server.Config, 3)
	server.Start()
	t.Cleanup(server.Close)
	var clients []restingClient
	for range 5 {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		client := restingClient{conn, bufio.NewReader(conn)}
		if err := client.ask(); err != nil {
			t.Fatal(err)
		}
		<-idle
		clients = append(clients, client)
	}
	for i, client := range clients[:2] {
		if _, err := client.answers.ReadByte(); !errors.Is(err, io.EOF) {
			t.Errorf("connection %d is still open: %v", i, err)
		}
	}
	for i, client := range clients[2:] {
		if err := client.ask(); err != nil {
			t.Errorf("connection %d: %v", i+2, err)
		}
	}
}
