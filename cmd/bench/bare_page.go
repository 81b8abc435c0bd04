package main

import (
	"html"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	templruntime "github.com/a-h/templ/runtime"
	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
)

// barePage is a page cut into the pieces that a generated template would write: constant markup as it is, texts of the
// questionnaire escaped each time.
type barePage struct{ pieces []piece }

type piece struct {
	text    string
	escaped bool // text is to be escaped when it is written
}

// newBarePage cuts a page that the application has made.
func newBarePage(page string, i *installation) *barePage {
	texts := textsOf(i.Questionnaire)
	b := &barePage{}
	for page != "" {
		end := strings.IndexAny(page, "<>\"")
		if end < 0 {
			end = len(page)
		}
		b.add(page[:end], texts, i)
		end = min(end+1, len(page))
		b.constant(page[max(end-1, 0):end])
		page = page[end:]
	}
	return b
}

func (b *barePage) add(text string, texts map[string]bool, i *installation) {
	plain := html.UnescapeString(text)
	_, afterDash, _ := strings.Cut(plain, "-") // as in note-<id>
	_, afterDot, _ := strings.Cut(plain, ".")  // as in status.<id>
	known := texts[strings.TrimSpace(plain)] || texts[afterDash] || texts[afterDot] || strings.Contains(plain, i.Assessment)
	if known && html.EscapeString(plain) == text {
		b.pieces = append(b.pieces, piece{plain, true})
		return
	}
	b.constant(text)
}

// constant adds markup to the piece before it.
func (b *barePage) constant(text string) {
	if last := len(b.pieces) - 1; last >= 0 && !b.pieces[last].escaped {
		b.pieces[last].text += text
		return
	}
	b.pieces = append(b.pieces, piece{text, false})
}

// textsOf returns every text of a questionnaire that the page of a principle may show.
func textsOf(q *assessment.Questionnaire) map[string]bool {
	texts := map[string]bool{}
	for p := range q.Pillars {
		pillar := &q.Pillars[p]
		texts[pillar.ID], texts[pillar.Title], texts[pillar.Summary] = true, true, true
		for _, principle := range pillar.Principles {
			texts[principle.ID], texts[principle.Title], texts[principle.Summary] = true, true, true
			for _, question := range principle.Questions {
				texts[question.Title], texts[question.Help] = true, true
			}
		}
	}
	for practice := range q.Practices() {
		texts[practice.ID], texts[practice.Title], texts[practice.Help], texts[practice.Advice] = true, true, true, true
		texts[practice.NotApplicableWhen] = true
		for _, link := range practice.Links {
			texts[link.Title], texts[link.URL] = true, true
		}
		for _, source := range practice.Source {
			texts[source] = true
		}
	}
	delete(texts, "")
	return texts
}

func (b *barePage) dynamic() int {
	n := 0
	for _, piece := range b.pieces {
		if piece.escaped {
			n++
		}
	}
	return n
}

// router serves the page at the address of the real one.
func (b *barePage) router() http.Handler {
	r := chi.NewRouter()
	r.Get("/assessments/{assessment}/principles/{principle}", func(w http.ResponseWriter, r *http.Request) {
		templ.Handler(b.component()).ServeHTTP(w, r)
	})
	return r
}

func (b *barePage) component() templ.Component {
	return templruntime.GeneratedTemplate(func(input templruntime.GeneratedComponentInput) (err error) {
		buffer, own := templruntime.GetBuffer(input.Writer)
		if !own {
			defer func() {
				if released := templruntime.ReleaseBuffer(buffer); err == nil {
					err = released
				}
			}()
		}
		for n, piece := range b.pieces {
			if err := piece.write(buffer, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// write does exactly what generated code does.
func (p piece) write(buffer *templruntime.Buffer, n int) error {
	if !p.escaped {
		return templruntime.WriteString(buffer, n, p.text)
	}
	text, err := templ.JoinStringErrs(p.text)
	if err != nil {
		return err
	}
	_, err = buffer.WriteString(templ.EscapeString(text))
	return err
}
