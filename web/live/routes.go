// Package live tells open pages what others change, over event streams.
package live

import (
	"cmp"
	"time"

	"plumbline/assessment/access"
	"plumbline/web/page"
)

// Options says how often streams check. Zero values have the defaults that are named.
type Options struct {
	Heartbeat time.Duration // between signs of life on a stream, each after another look at its session; default 15 s
	Poll      time.Duration // between looks for changes and for people who left, while there are subscribers; default 2 s
}

type handlers struct {
	*page.Kit
	store     Store
	hub       *hub
	heartbeat time.Duration
}

// New returns the room.
func New(kit *page.Kit, store Store, o Options) *handlers {
	hub := newHub(store.Events, store.Readers, cmp.Or(o.Poll, defaultPoll), kit.Logger)
	return &handlers{Kit: kit, store: store, hub: hub, heartbeat: cmp.Or(o.Heartbeat, defaultHeartbeat)}
}

// Changed tells the pages that follow an assessment to look for changes at once. After a change of something else, it
// asks who may still follow one.
func (h *handlers) Changed(assessment string) {
	if assessment == "" {
		h.hub.doubtAll()
		return
	}
	h.hub.Notify(assessment)
}

// Streams returns how many streams are open.
func (h *handlers) Streams() int { return h.hub.Streams() }

// Close ends every stream, now and from now on.
func (h *handlers) Close() { h.hub.Close() }

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get("/assessments/{assessment}/events", page.May(access.ActRead), page.MaxForm, h.showEvents),
	}
}
