package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// caller returns the requests of one connection, one after the other. Each slice is used until the next call.
type caller func() []byte

// asking sends the same request again and again.
func asking(request []byte) caller { return func() []byte { return request } }

// load is several connections to one server.
type load struct {
	clients []*client
	callers []caller
}

// connect opens a connection for each caller.
func connect(ctx context.Context, address string, callers []caller) (*load, error) {
	l := &load{callers: callers}
	for range callers {
		c, err := dial(ctx, address)
		if err != nil {
			return nil, errors.Join(err, l.close())
		}
		l.clients = append(l.clients, c)
	}
	return l, nil
}

func (l *load) close() error {
	var all []error
	for _, c := range l.clients {
		all = append(all, c.conn.Close())
	}
	return errors.Join(all...)
}

// run sends requests on all connections for a time; each sends its next one when it has its answer.
func (l *load) run(length time.Duration) (requests int, err error) {
	var group sync.WaitGroup
	var done atomic.Int64
	faults := make([]error, len(l.clients))
	start := time.Now()
	for i := range l.clients {
		group.Go(func() {
			for time.Since(start) < length {
				if faults[i] = l.clients[i].do(l.callers[i]()); faults[i] != nil {
					return
				}
				done.Add(1)
			}
		})
	}
	group.Wait()
	return int(done.Load()), errors.Join(faults...)
}
