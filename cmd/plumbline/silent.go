package main

import (
	"net"
	"net/http"
	"sync"
)

// silent is the connections on which nothing was asked yet. Browsers open them in advance, and a server that stops would
// wait five seconds for their first request.
type silent struct {
	mu      sync.Mutex
	conns   map[net.Conn]struct{}
	closing bool
}

// watchSilent lets a server close its silent connections when it is told to stop.
func watchSilent(server *http.Server) {
	s := &silent{conns: map[net.Conn]struct{}{}}
	server.ConnState = s.changed
	server.RegisterOnShutdown(s.close)
}

func (s *silent) changed(conn net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(s.conns, conn)
	case s.closing:
		_ = conn.Close()
	default:
		s.conns[conn] = struct{}{}
	}
}

func (s *silent) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for conn := range s.conns {
		_ = conn.Close()
	}
}
