package walk

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"
	lru "github.com/hashicorp/golang-lru/v2"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/walk"
)

// How many parts of the walk are kept as they were drawn, most of them a few kilobytes. A row with the longest note and links
// has more than a hundred, and is drawn each time.
const (
	maxRows         = 2000
	largestRow      = 24 << 10 // bytes
	maxSurroundings = 200
)

// drawn keeps parts of the walk. Most of what a page shows was drawn before, for the same or for another person.
type drawn struct {
	rows         *lru.Cache[rowKey, view.Drawn]
	surroundings *lru.Cache[surroundingsKey, surroundings]
}

func newDrawn() drawn {
	rows, _ := lru.New[rowKey, view.Drawn](maxRows) // fails only where the limit is not above 0
	around, _ := lru.New[surroundingsKey, surroundings](maxSurroundings)
	return drawn{rows, around}
}

// rowKey is all that the row of a practice depends on while nothing in it waits to be saved. The stored answer stands
// in it by its version, which is never given twice.
type rowKey struct {
	saveURL, number string
	content         *assessment.Practice
	version         int
	seen            string
	mark            templates.SaveMark
	cite            string
	locked          bool
	earlier         string // who answered an earlier wording, when and what
	reasons         string // that are offered, with line breaks between
}

// row draws the row of a practice. Where something in it is not saved, it is drawn for this once.
func (d drawn) row(v templates.PracticeView, pristine bool) templ.Component {
	if !pristine {
		return view.Row(v)
	}
	key := rowKey{saveURL: v.SaveURL, number: v.Number, content: v.Content, version: v.Version, seen: v.Seen,
		mark: v.Mark, cite: v.QuoteCite, locked: v.Locked, earlier: earlierMark(v.Earlier),
		reasons: strings.Join(v.Reasons, "\n")}
	row, ok := d.rows.Get(key)
	if !ok {
		draw := view.Row
		if v.Locked {
			draw = view.LockedRow
		}
		row = view.Draw(draw(v))
		if row.Size() <= largestRow {
			d.rows.Add(key, row)
		}
	}
	return row
}

// earlierMark tells the earlier answers to a practice apart, as people see them.
func earlierMark(e *templates.EarlierView) string {
	if e == nil {
		return ""
	}
	return fmt.Sprintf("%s %s %v %v %v", e.Who, e.When.ISO, e.Answer, e.Values, e.Texts)
}

// surroundingsKey identifies what surrounds the practices of a fresh page: the same for everybody until something changes.
type surroundingsKey struct {
	assessment, principle string
	sequence              int64
}

// surroundings is what surrounds the practices of a fresh page.
type surroundings struct {
	rail, picture view.Drawn
	since         view.Since
}

// around draws what surrounds the practices.
func (d drawn) around(a onPrinciple) surroundings {
	key := surroundingsKey{a.State.ID, a.Principle.ID, a.State.Sequence}
	around, ok := d.surroundings.Get(key)
	if !ok {
		around = surroundings{
			rail:    view.Draw(view.RailList(rail(a.Current, a.Pillar, a.Principle), false)),
			picture: view.Draw(view.PictureNow(picture(a.Current, a.Pillar, a.Principle, since{}), false)),
			since:   sinceNow(a),
		}
		d.surroundings.Add(key, around)
	}
	return around
}
