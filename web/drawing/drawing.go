// Package drawing draws reports a few at a time, with a bounded queue before it, for the rooms that hand them out.
package drawing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"plumbline/assessment"
	"plumbline/assessment/report"
	"plumbline/web/page"
)

// MaxDrawing is how many reports are drawn at once: it leaves processors to everybody else.
var MaxDrawing = max(1, runtime.GOMAXPROCS(0)/2)

// Bounds of a drawer.
const (
	MaxWaiting      = 20 // reports that wait for their turn
	drawingPatience = 30 * time.Second
)

// What a person or a program is told where ErrBusy is.
const (
	BusyPatience = "10" // seconds
	BusyText     = "Too many reports are being created right now. Try again in ten seconds."
)

// ErrBusy says that too many reports wait already, or that the turn did not come in time.
var ErrBusy = errors.New("too many reports are being created")

// Drawer draws reports, a few at once, with a bounded queue before it.
type Drawer struct {
	*report.Renderer
	turns    *semaphore.Weighted
	waiting  atomic.Int64
	drawing  atomic.Int64
	observer page.Observer
}

// New returns a drawer that uses the font, the default one where it is empty.
func New(font []byte, observer page.Observer) (*Drawer, error) {
	renderer, err := report.New(report.Options{Font: font})
	if err != nil {
		return nil, err
	}
	return &Drawer{Renderer: renderer, turns: semaphore.NewWeighted(int64(MaxDrawing)), observer: observer}, nil
}

// Draw returns what write wrote when its turn had come. ErrBusy is in the chain of the error where it did not come.
func (d *Drawer) Draw(ctx context.Context, write func(context.Context, io.Writer) error) ([]byte, error) {
	if err := d.queue(ctx); err != nil {
		return nil, err
	}
	defer d.turns.Release(1)
	d.drawing.Add(1)
	defer d.drawing.Add(-1)
	start := time.Now()
	var document bytes.Buffer
	err := write(ctx, &document)
	d.observer.Drew(time.Since(start), err)
	if err != nil {
		if errors.Is(err, report.ErrTooLong) {
			return nil, assessment.Wrap(assessment.Unavailable, err, "Creating the report takes too long")
		}
		return nil, err
	}
	return document.Bytes(), nil
}

// queue waits for a turn, and says ErrBusy where too many wait or the wait is too long.
func (d *Drawer) queue(ctx context.Context) error {
	if d.turns.TryAcquire(1) {
		return nil
	}
	defer d.waiting.Add(-1)
	if d.waiting.Add(1) > MaxWaiting {
		return ErrBusy
	}
	ctx, cancel := context.WithTimeoutCause(ctx, drawingPatience, ErrBusy)
	defer cancel()
	if err := d.turns.Acquire(ctx, 1); err != nil {
		return fmt.Errorf("wait for the turn: %w", context.Cause(ctx))
	}
	return nil
}

// Busy returns how many reports are being drawn and how many wait for their turn.
func (d *Drawer) Busy() (drawing, waiting int) {
	return int(d.drawing.Load()), int(d.waiting.Load())
}
