package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"plumbline/assessment"
)

// Version names what the renderings look like. It grows whenever the same snapshot would give other bytes, and is part
// of what a stored report is found by.
const Version = "11"

const defaultLimit = 10 * time.Second

// Options sets up a Renderer.
type Options struct {
	Font     []byte        // TrueType file for the PDF; Go Regular where empty
	BoldFont []byte        // its bold weight; Go Bold where empty, Font where only that is given
	Limit    time.Duration // how long one report may take; 10 seconds where 0
}

// Renderer writes reports. It is immutable, and safe for concurrent use.
type Renderer struct {
	faces [2]*face
	limit time.Duration
}

// ErrTooLong is in the chain of the error of a report that took longer than the limit.
var ErrTooLong = errors.New("the report takes too long")

// New returns a Renderer, or an error where a font cannot be used.
func New(o Options) (*Renderer, error) {
	plain, strong := goregular.TTF, gobold.TTF
	if len(o.Font) > 0 {
		plain, strong = o.Font, o.Font
	}
	if len(o.BoldFont) > 0 {
		strong = o.BoldFont
	}
	r := &Renderer{limit: o.Limit}
	if r.limit <= 0 {
		r.limit = defaultLimit
	}
	for i, file := range [...][]byte{regular: plain, bold: strong} {
		f, err := newFace([...]string{regular: "text", bold: "strong"}[i], file)
		if err != nil {
			return nil, fmt.Errorf("report font: %w", err)
		}
		r.faces[i] = f
	}
	if len(o.Font)+len(o.BoldFont) > 0 {
		if err := r.try(); err != nil {
			return nil, fmt.Errorf("report font: %w", err)
		}
	}
	return r, nil
}

// try draws one page, because the library takes a font at its word until it writes the document.
func (r *Renderer) try() error {
	return guarded(func() error {
		c := newCanvas(r.faces, information{})
		c.addPage()
		c.text(left, top, styleBody, needed)
		c.text(left, bottom, styleStrong, needed)
		return c.output(io.Discard)
	})
}

// Named is a snapshot with the SHA-256 (hex) of its canonical document.
type Named struct {
	Hash string
	*assessment.Snapshot
}

// Snapshot writes the report of one snapshot. On an error w may hold a part of it for CSV, Markdown and JSON, and
// nothing for PDF. The error is ErrTooLong past the limit, that of ctx where it ends, Invalid for a PDF of more than
// MaxDocument, else a fault of drawing.
func (r *Renderer) Snapshot(ctx context.Context, w io.Writer, format Format, s Named) error {
	v := newView(s)
	switch format {
	case PDF:
		return r.pdf(ctx, w, snapshotInformation(v), func(f *flow) { drawSnapshot(f, v) })
	case CSV:
		return snapshotCSV(w, v)
	case Markdown:
		return snapshotMarkdown(w, v)
	case JSON:
		return snapshotJSON(w, s)
	}
	return unknownFormat(format)
}

// Comparison writes the report of what changed from one snapshot to another; errors are those of Snapshot.
func (r *Renderer) Comparison(ctx context.Context, w io.Writer, format Format, c *assessment.Comparison, before, after Named) error {
	v := newChange(c, before, after)
	switch format {
	case PDF:
		return r.pdf(ctx, w, comparisonInformation(v), func(f *flow) { drawComparison(f, v) })
	case CSV:
		return comparisonCSV(w, v)
	case Markdown:
		return comparisonMarkdown(w, v)
	case JSON:
		return comparisonJSON(w, c)
	}
	return unknownFormat(format)
}

// pdf draws a document, and writes it only when it is complete.
func (r *Renderer) pdf(ctx context.Context, w io.Writer, info information, draw func(*flow)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, r.limit, ErrTooLong)
	defer cancel()
	tick := func() {
		if err := context.Cause(ctx); err != nil {
			panic(stopped{err})
		}
	}
	var document bytes.Buffer
	err := guarded(func() error {
		f := &flow{canvas: newCanvas(r.faces, info), tick: tick}
		draw(f)
		return f.output(compactor{&document, tick})
	})
	if err != nil {
		return fmt.Errorf("draw report: %w", err)
	}
	_, err = document.WriteTo(w)
	return err
}

// stopped is what the drawing panics with when it may not go on.
type stopped struct{ err error }

// guarded turns a panic of the PDF library, which has many, into an error.
func guarded(draw func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case stopped:
			err = p.err
		default:
			err = fmt.Errorf("the PDF library failed: %v", p)
		}
	}()
	return draw()
}
