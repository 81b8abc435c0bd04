package main

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// idle is the connections that wait for another request, the one that has waited for longest first.
type idle struct {
	mu    sync.Mutex
	limit int
	order *list.List
	conns map[net.Conn]*list.Element
}

// watchIdle makes a server keep at most so many connections without a request. Clients open another one when they need
// it.
func watchIdle(server *http.Server, limit int) {
	i := &idle{limit: limit, order: list.New(), conns: map[net.Conn]*list.Element{}}
	before := server.ConnState
	server.ConnState = func(conn net.Conn, state http.ConnState) {
		if before != nil {
			before(conn, state)
		}
		i.changed(conn, state)
	}
}

func (i *idle) changed(conn net.Conn, state http.ConnState) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if place, waits := i.conns[conn]; waits {
		i.order.Remove(place)
		delete(i.conns, conn)
	}
	if state != http.StateIdle {
		return
	}
	i.conns[conn] = i.order.PushBack(conn)
	if i.order.Len() > i.limit {
		go i.order.Front().Value.(net.Conn).Close() // may wait for the other side
	}
}
