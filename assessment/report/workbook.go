package report

import (
	"context"
	"io"

	"plumbline/assessment"
)

// Workbook writes a questionnaire as a PDF to print and fill in by hand, for a meeting without computers: every practice
// with boxes to tick, every tradeoff with room for a decision, and pages to add the score up. The same questionnaire
// gives the same bytes. On an error nothing is written: ErrTooLong past the limit, that of ctx where it ends, else a
// fault of drawing.
func (r *Renderer) Workbook(ctx context.Context, w io.Writer, q *assessment.Questionnaire) error {
	b := &workbook{Questionnaire: q, hash: questionnaireHash(q)}
	return r.pdf(ctx, w, b.information(), func(f *flow) { drawWorkbook(f, b) })
}

// workbook is a questionnaire with its hash, which its pages name.
type workbook struct {
	*assessment.Questionnaire
	hash string
}

func (b *workbook) information() information {
	return information{
		title:    clean(b.Title) + ": workbook",
		subject:  "Workbook of the questionnaire " + b.ID + " " + b.Version + ", to fill in by hand",
		keywords: "architecture review, workbook, " + b.ID + " " + b.Version + ", sha256 " + b.hash,
	}
}

func drawWorkbook(f *flow, b *workbook) {
	chapters := []chapter{{title: "How to use this workbook", draw: func(d *document) { drawGuide(d, b) }}}
	for i := range b.Pillars {
		pillar := &b.Pillars[i]
		chapters = append(chapters, chapter{title: clean(pillar.Title), parts: principleTitles(pillar), draw: func(d *document) { drawQuestions(d, pillar) }})
	}
	if len(b.Tradeoffs) > 0 {
		chapters = append(chapters, chapter{title: "Tradeoffs", parts: b.tradeoffTitles(), draw: func(d *document) { drawSheets(d, b) }})
	}
	chapters = append(chapters, chapter{title: "Adding up", parts: b.tallyTitles(), draw: func(d *document) { drawTally(d, b) }})
	foot := b.ID + " " + b.Version + " · sha256 " + short(b.hash)
	newDocument(f, clean(b.Title)+": workbook", foot, chapters).draw(func() { workbookCover(f, b) }, footing{})
}

func principleTitles(pillar *assessment.Pillar) []string {
	var titles []string
	for i := range pillar.Principles {
		titles = append(titles, clean(pillar.Principles[i].Title))
	}
	return titles
}

func (b *workbook) tradeoffTitles() []string {
	var titles []string
	for i := range b.Tradeoffs {
		titles = append(titles, clean(b.Tradeoffs[i].Title))
	}
	return titles
}

// workbookCover has room for whose review it is, where the other covers have a score.
func workbookCover(f *flow, b *workbook) {
	f.coverHead("Workbook, to fill in by hand", b.Title, b.Summary)
	f.line(left, 148, right, 148, 0.35, ink)
	f.y = 148 + 3
	for _, name := range []string{"Workload", "Date", "Facilitator", "Participants", "", "", ""} {
		f.field(left, measure, name)
	}
	facts := []fact{{"Questionnaire", b.ID + ", version " + b.Version}}
	if b.Source.Title != "" {
		facts = append(facts, fact{"Source", clean(b.Source.Title)})
	}
	if b.Source.URL != "" {
		facts = append(facts, fact{"", b.Source.URL})
	}
	if b.Source.Licence != "" {
		facts = append(facts, fact{"License of the source", clean(b.Source.Licence)})
	}
	facts = append(facts,
		fact{"Contents", contentsText(b.Questionnaire)},
		fact{"SHA-256", hashText(b.hash)})
	f.coverFacts(facts)
}
