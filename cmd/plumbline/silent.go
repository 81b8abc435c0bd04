package main

import (
	"net"
	"net/http"
	"sync"
)

// silent is the connections without a request so far. Browsers open them in advance, and a server that shuts down would
// wait five seconds for their first request.
type silent struct {
	mu      sync.Mutex
	conns   map[net.Conn]struct{}
	closing bool
}

// watchSilent makes a server close its silent connections when it shuts down.
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
