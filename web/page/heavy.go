package page

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"time"

	"golang.org/x/sync/semaphore"

	"plumbline/assessment"
)

// HeavyAtOnce is how many requests of all people may do heavy work at once: it leaves processors to everybody else.
var HeavyAtOnce = max(1, runtime.GOMAXPROCS(0)/2)

// Bounds of heavy work.
const (
	heavyPatience = 3 * time.Second  // to wait for a turn
	heavyTime     = 10 * time.Second // for the work itself
)

// Busy says that the server has too much to do for a request, and when to try again.
type Busy struct {
	Text     string // for people
	Patience string // seconds
}

// Error returns the text.
func (b *Busy) Error() string { return b.Text }

var (
	errHeavyBusy = &Busy{"The server is busy with other large questionnaires. Try again in ten seconds.", "10"}
	errHeavyLong = &Busy{"This took too long and was stopped. Try again when the server is less busy.", "60"}
	errHeavyOwn  = assessment.Errorf(assessment.TooMany, "The server is still working on your last request. Wait until it is done, then try again")
)

// heavyWork lets a few pieces of heavy work run at once, and one for a person.
type heavyWork struct {
	turns *semaphore.Weighted
	*perPerson
}

func newHeavyWork() *heavyWork {
	return &heavyWork{semaphore.NewWeighted(int64(HeavyAtOnce)), newPerPerson(1)}
}

// Heavy lets a request through whose work takes much of the server: a few at a time of all people and one of a person,
// after a short wait. The work has a deadline and ends when the client goes. Neither a body that comes slowly nor an
// answer that is fetched slowly takes a turn from other people.
func (k *Kit) Heavy(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		leave, err := k.heavy.own(r.Context(), ActorOf(r).User.ID, 1)
		if err != nil {
			_, _ = io.Copy(io.Discard, r.Body) // a browser shows an answer only when it has sent everything
			return err
		}
		rewind := readAhead(r)
		held := &heldAnswer{ResponseWriter: w}
		defer held.body.close()
		err = k.heavy.work(held, r, h)
		leave()
		if err == nil {
			err = held.err
		}
		if err != nil {
			w.Header().Del("Content-Length")
			rewind() // the page of the failure keeps what was typed
			return err
		}
		return held.send()
	}
}

// work runs a handler when its turn has come.
func (g *heavyWork) work(w http.ResponseWriter, r *http.Request, h Handler) error {
	if err := acquire(r.Context(), g.turns, 1, errHeavyBusy); err != nil {
		return err
	}
	defer g.turns.Release(1)
	ctx, cancel := context.WithTimeoutCause(r.Context(), heavyTime, errHeavyLong)
	defer cancel()
	err := h(w, r.WithContext(ctx))
	if errors.Is(err, context.DeadlineExceeded) && r.Context().Err() == nil {
		return errHeavyLong
	}
	return err
}

// readAhead waits until the body of a request has arrived. What went wrong with it comes at its end. The body is there
// again after each call of rewind.
func readAhead(r *http.Request) (rewind func()) {
	rest := r.Body
	arrived, _ := io.ReadAll(rest)
	rewind = func() {
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(arrived), rest), rest}
	}
	rewind()
	return rewind
}

// heldAnswer keeps an answer until the work is done, a large one in a file: a slow reader takes no memory.
type heldAnswer struct {
	http.ResponseWriter
	status int
	body   spool
	err    error // why it could not be kept
}

// WriteHeader keeps the status.
func (a *heldAnswer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write keeps a part of the body.
func (a *heldAnswer) Write(part []byte) (int, error) {
	n, err := a.body.Write(part)
	if a.err == nil {
		a.err = err
	}
	return n, err
}

func (a *heldAnswer) send() error {
	body, _, err := a.body.read()
	if err != nil {
		return err
	}
	if a.status != 0 {
		a.ResponseWriter.WriteHeader(a.status)
	}
	_, _ = io.Copy(a.ResponseWriter, body)
	return nil
}
