package walk

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Drawn is a part of a page that has been drawn before.
type Drawn struct {
	html string
	err  error
}

// Draw draws a part that depends on nothing but its own view.
func Draw(part templ.Component) Drawn {
	var b strings.Builder
	err := part.Render(context.Background(), &b)
	return Drawn{b.String(), err}
}

// Size returns how many bytes the part has.
func (d Drawn) Size() int { return len(d.html) }

// Render writes the part, or returns the error of its drawing.
func (d Drawn) Render(_ context.Context, w io.Writer) error {
	if d.err != nil {
		return d.err
	}
	_, err := io.WriteString(w, d.html)
	return err
}
