// Package worksheet says which practices of an assessment a person looks for when all of them stand on one page.
package worksheet

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"plumbline/assessment"
)

// Row is a practice in scope with what the filters ask about it.
type Row struct {
	Practice *assessment.Practice
	Place    assessment.Place
	Number   string // of the principle in its pillar and of the practice in it, for example "2.5"
	Answer   assessment.SavedAnswer
	Changed  bool // since the last snapshot
	Mine     bool // the person answered it last
}

// Since is what the rows are seen against.
type Since struct {
	Person   string    // name of whoever looks
	Snapshot time.Time // when the last one was created; zero where there is none, and then nothing counts as changed
}

// Rows returns the practices in scope, in the questionnaire's order.
func Rows(c *assessment.Current, since Since) []Row {
	rows := make([]Row, 0, c.Model.PracticeCount())
	for principle, number := range principles(c.Model) {
		for n, practice := range c.InScope(principle) {
			place, _ := c.Model.Place(practice.ID)
			answer := c.State.Answer(practice.ID)
			said := answer.Version > 0
			rows = append(rows, Row{
				Practice: practice,
				Place:    place,
				Number:   number + "." + strconv.Itoa(n),
				Answer:   answer,
				Changed:  said && !since.Snapshot.IsZero() && answer.At.After(since.Snapshot),
				Mine:     said && answer.By == since.Person,
			})
		}
	}
	return rows
}

// principles are those of all pillars, each with its number in its pillar.
func principles(m *assessment.Model) iter.Seq2[*assessment.Principle, string] {
	return func(yield func(*assessment.Principle, string) bool) {
		for _, pillar := range m.Questionnaire().Pillars {
			for i := range pillar.Principles {
				if !yield(&pillar.Principles[i], strconv.Itoa(i+1)) {
					return
				}
			}
		}
	}
}

// Texts hold, by practice, what a search looks at that is the same in every assessment, folded.
type Texts map[string]string

// TextsOf returns the id, title, other names, help and advice of every practice of a questionnaire.
func TextsOf(m *assessment.Model) Texts {
	texts := make(Texts, m.PracticeCount())
	for p := range m.Questionnaire().Practices() {
		texts[p.ID] = assessment.Folded(strings.Join(append([]string{p.ID, p.Title, p.Help, p.Advice}, p.Aka...), "\n"))
	}
	return texts
}

// said is what the team wrote to a practice, folded.
func said(a assessment.Answer) string {
	if a.Note == "" && a.Reason == "" && len(a.Evidence) == 0 {
		return ""
	}
	words := []string{a.Note, a.Reason}
	for _, link := range a.Evidence {
		words = append(words, link.Title, link.URL)
	}
	return assessment.Folded(strings.Join(words, "\n"))
}

// Chosen reports for each row whether it is looked for: every word of the search is in one of its texts, and it is in
// one choice at least of each kind that the filter has choices of.
func (f Filter) Chosen(m *assessment.Model, rows []Row, texts Texts) []bool {
	words := strings.Fields(assessment.Folded(f.Search))
	chosen := make([]bool, len(rows))
	for i := range rows {
		row := &rows[i]
		chosen[i] = f.takes(m, row) && found(words, row, texts)
	}
	return chosen
}

func found(words []string, row *Row, texts Texts) bool {
	if len(words) == 0 {
		return true
	}
	text, wrote := texts[row.Practice.ID], said(row.Answer.Answer)
	return !slices.ContainsFunc(words, func(word string) bool {
		return !strings.Contains(text, word) && !strings.Contains(wrote, word) && word != row.Number
	})
}
