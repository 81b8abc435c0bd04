package live

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

const (
	defaultHeartbeat = 15 * time.Second
	defaultPoll      = 2 * time.Second
	streamPatience   = 10 * time.Second // with a client that does not read
)

// change is what a stream sends about an event: ids and a name. A page that shows it fetches the rest.
type change struct {
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	By      string `json:"by"`
}

// showEvents tells a page what changes in its assessment, from the sequence that the page knows on, until the page is
// closed, the person may not read it any more or the server stops. A client that comes back with the last id it saw misses nothing.
func (h *handlers) showEvents(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	visitor := page.VisitorOf(r)
	s := &subscriber{user: visitor.User.ID, name: visitor.User.Name,
		answers: access.Allow(visitor.Actor, access.ActAnswer, c.State.Workload.Team) == nil,
		session: visitor.Session.Hash, rights: visitor.Actor.Rights, team: c.State.Workload.Team}
	if place, known := c.Model.Principle(r.URL.Query().Get("at")); known {
		s.principle, s.title = place.Principle.ID, place.Principle.Title
	}
	joined, err := h.hub.join(c.State.ID, c.State.Sequence, s)
	if err != nil {
		return err
	}
	defer h.hub.leave(joined, s)
	st := &stream{hub: h.hub, channel: joined, subscriber: s, at: startOf(r, c.State.Sequence), writer: w,
		control: http.NewResponseController(w)}
	st.run(r.Context(), h.heartbeat, func(ctx context.Context) bool {
		return h.goesOn(ctx, visitor.Session.Hash)
	})
	return nil
}

// startOf returns the sequence after which a stream begins: the last one that the client has seen, else now.
func startOf(r *http.Request, now int64) int64 {
	for _, text := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")} {
		if seen, err := strconv.ParseInt(text, 10, 64); err == nil && seen >= 0 {
			return min(seen, now)
		}
	}
	return now
}

// goesOn reports whether a session has not ended, and notes that it is used: only a page that is seen has a stream.
func (h *handlers) goesOn(ctx context.Context, session string) bool {
	known, _, err := h.store.Session(ctx, session)
	if err != nil {
		return false
	}
	if now := h.Clock(); now.Sub(known.SeenAt) > access.TouchEvery {
		if err := h.store.TouchSession(ctx, session, now); err != nil && !page.Gone(ctx, err) {
			h.Logger.WarnContext(ctx, "the use of a session was not recorded", "request", page.NumberIn(ctx), "error", err.Error())
		}
	}
	return true
}

// stream is the response to one page that follows an assessment.
type stream struct {
	hub        *hub
	channel    *channel
	subscriber *subscriber
	at         int64 // sequence of the last event that was sent
	shown      []present
	writer     http.ResponseWriter
	control    *http.ResponseController
}

// run sends until the request ends, the hub closes, good says no, or the client does not take a message in time.
func (st *stream) run(ctx context.Context, heartbeat time.Duration, good func(context.Context) bool) {
	// The server's limits are for requests that come and go; a reading limit that passes would end the request.
	_ = st.control.SetReadDeadline(time.Time{})
	h := st.writer.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	err := st.send([]byte("retry: 2000\n\n"))
	for err == nil {
		if err = st.tell(ctx); err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-st.hub.closing:
			return
		case <-st.subscriber.ended.Done():
			return
		case <-st.subscriber.notify:
		case <-beat.C:
			if !good(ctx) {
				return
			}
			// The comment keeps proxies patient; the event is for the script, which cannot see comments.
			err = st.send([]byte(": still here\nevent: beat\ndata:\n\n"))
		}
	}
}

// tell sends what is new: changes, and who is there.
func (st *stream) tell(ctx context.Context) error {
	for {
		if err := st.subscriber.ended.Err(); err != nil {
			return err
		}
		events, err := st.hub.since(ctx, st.channel, st.at)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			return st.tellPresence()
		}
		if err := st.tellChanges(events); err != nil {
			return err
		}
	}
}

func (st *stream) tellChanges(events []assessment.Event) error {
	var text bytes.Buffer
	for _, e := range events {
		data, err := json.Marshal(change{e.Kind, e.Subject, e.User})
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "event: change\nid: %d\ndata: %s\n\n", e.Sequence, data)
		st.at = e.Sequence
	}
	return st.send(text.Bytes())
}

func (st *stream) tellPresence() error {
	now := st.hub.presentFor(st.channel, st.subscriber)
	if st.subscriber.principle == "" || slices.Equal(now, st.shown) {
		return nil
	}
	st.shown = now
	data, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return st.send(fmt.Appendf(nil, "event: here\ndata: %s\n\n", data))
}

// send writes a message at once. A client that does not take it in time is cut off, and comes back for it.
func (st *stream) send(message []byte) error {
	_ = st.control.SetWriteDeadline(time.Now().Add(streamPatience))
	if _, err := st.writer.Write(message); err != nil {
		return err
	}
	return st.control.Flush()
}
