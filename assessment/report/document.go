package report

import (
	"strings"

	"plumbline/assessment/words"
)

// document is a report in sections, each on a page of its own, with contents, bookmarks, running heads and links.
type document struct {
	*flow
	chapters  []chapter
	entries   []entry           // of the contents, in the order of the pages
	practices map[string]target // where the appendix has the answer
	left      string            // of the running head
	foot      string
	partAt    int // the entry of the part reached last
}

// chapter is one section of a report. The names of its parts are known before it is drawn, because the contents come
// first.
type chapter struct {
	title string
	parts []string
	draw  func(*document)
}

// entry is a line of the contents.
type entry struct {
	title string
	level int
	to    target
	page  int
}

func newDocument(f *flow, head, foot string, chapters []chapter) *document {
	d := &document{flow: f, chapters: chapters, practices: map[string]target{}, left: head, foot: foot}
	for _, ch := range chapters {
		d.entries = append(d.entries, entry{title: ch.title, to: f.newTarget()})
		for _, part := range ch.parts {
			d.entries = append(d.entries, entry{title: part, level: 1, to: f.newTarget()})
		}
	}
	return d
}

// draw draws the cover, the contents and all chapters.
func (d *document) draw(cover func(), foot footing) {
	d.section = ""
	d.next()
	d.bookmark("Cover", 0, 0)
	cover()
	first := d.reserveContents(foot)
	next := 0
	for _, ch := range d.chapters {
		d.begin(ch, next)
		d.partAt = next
		ch.draw(d)
		next += 1 + len(ch.parts)
	}
	d.fillContents(first, foot)
	d.runningHeads()
}

// begin starts the page of a chapter.
func (d *document) begin(ch chapter, index int) {
	d.section = ch.title
	d.next()
	d.reached(index, 0, d.y)
	d.line(left, d.y, right, d.y, 0.35, ink)
	d.y += 5
	var title []line
	for _, l := range d.faces[bold].balance(ch.title, styleTitle.size, measure) {
		title = append(title, line{style: styleTitle, text: l})
	}
	d.put(left, measure, title)
	d.y += 3.5
}

// lead puts the sentence under a chapter's title.
func (d *document) lead(text string) {
	d.paragraph(left, measure*0.82, styleLead, text)
	d.y += 5
}

// part puts the next of the chapter's sub-headings, with a note on the right, and keeps room for what follows.
func (d *document) part(note string, follows float64) {
	d.partAt++
	e := d.entries[d.partAt]
	d.y += 4
	d.need(styleSub.height() + 4 + follows)
	d.reached(d.partAt, 1, d.y)
	d.heading(styleSub, e.title, note)
	d.y += 2.2
}

// heading puts a line of a heading style with a note on the right.
func (d *document) heading(s style, title, note string) {
	room := measure
	if note != "" {
		note = d.clip(styleMeta, note, measure*0.65)
		room -= d.width(styleMeta, note) + 6
		d.textRight(right, d.y+s.baseline(), styleMeta, note)
	}
	d.put(left, room, d.lines(s, title, room))
}

// reached notes that an entry of the contents is at a height of the current page.
func (d *document) reached(i, level int, y float64) {
	e := &d.entries[i]
	e.page = d.page()
	d.place(e.to, max(y-6, 0))
	d.bookmark(e.title, level, max(y-6, 0))
}

// entryOf returns the place of a part of a chapter, for links to it.
func (d *document) entryOf(chapter, part string) target {
	inside := false
	for _, e := range d.entries {
		if e.level == 0 {
			inside = e.title == chapter
		} else if inside && e.title == part {
			return e.to
		}
	}
	return 0
}

// answerOf returns where the appendix has the answer to a practice.
func (d *document) answerOf(practice string) target {
	t, ok := d.practices[practice]
	if !ok {
		t = d.newTarget()
		d.practices[practice] = t
	}
	return t
}

// runningHeads writes head and foot of every page but the cover.
func (d *document) runningHeads() {
	const head, foot = 15.0, pageHeight - 13
	for page := 2; page <= d.pages(); page++ {
		d.turnTo(page)
		title := d.clip(styleMeta, d.left, measure*0.6)
		d.text(left, head, styleMeta, title)
		d.textRight(right, head, styleMeta, d.clip(styleMeta, d.sections[page-1], measure-d.width(styleMeta, title)-6))
		d.line(left, foot-4.5, right, foot-4.5, 0.1, hair)
		d.text(left, foot, styleMeta, d.clip(styleMeta, d.foot, measure*0.85))
		d.textRight(right, foot, styleMeta.in(ink), words.Count(page))
	}
}

// clean joins the words of a text that may have line breaks.
func clean(text string) string { return strings.Join(strings.Fields(text), " ") }
