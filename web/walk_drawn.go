package web

import (
	"fmt"

	"github.com/a-h/templ"

	"plumbline/assessment"
	"plumbline/templates"
)

// How many parts of the walk are kept as they were drawn, each a few kilobytes.
const (
	maxRows   = 2000
	maxBeside = 200
)

// drawn keeps parts of the walk. Most of what a page shows was drawn before, for the same or for another person.
type drawn struct {
	rows   *recent[rowKey, templates.Drawn]
	beside *recent[besideKey, beside]
}

func newDrawn() drawn {
	return drawn{newRecent[rowKey, templates.Drawn](maxRows), newRecent[besideKey, beside](maxBeside)}
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
}

// row draws the row of a practice. Where something in it is not saved, it is drawn for this once.
func (d drawn) row(view templates.PracticeView, pristine bool) templ.Component {
	if !pristine {
		return templates.Row(view)
	}
	key := rowKey{saveURL: view.SaveURL, number: view.Number, content: view.Content, version: view.Version, seen: view.Seen,
		mark: view.Mark, cite: view.QuoteCite, locked: view.Locked, earlier: earlierMark(view.Earlier)}
	row, ok := d.rows.find(key)
	if !ok {
		draw := templates.Row
		if view.Locked {
			draw = templates.LockedRow
		}
		row = templates.Draw(draw(view))
		d.rows.keep(key, row)
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

// besideKey is all that stands beside the practices of a fresh page: the same for everybody until something changes.
type besideKey struct {
	assessment, principle string
	sequence              int64
}

// beside is what surrounds the practices of a fresh page.
type beside struct {
	rail, picture templates.Drawn
	since         templates.Since
}

// around draws what surrounds the practices.
func (d drawn) around(a onPrinciple) beside {
	key := besideKey{a.State.ID, a.Principle.ID, a.State.Sequence}
	around, ok := d.beside.find(key)
	if !ok {
		around = beside{
			rail:    templates.Draw(templates.RailList(rail(a.Current, a.Pillar, a.Principle), false)),
			picture: templates.Draw(templates.PictureNow(picture(a.Current, a.Pillar, a.Principle, since{}), false)),
			since:   sinceNow(a),
		}
		d.beside.keep(key, around)
	}
	return around
}
