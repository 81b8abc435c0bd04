package assessment

import (
	"fmt"
	"slices"
	"strings"
)

// OtherReview is what another assessment said about the same system, as a file of it tells.
type OtherReview struct {
	Title string // of the file, empty where it has none
	Rows  []ReviewRow
}

// ReviewRow is one line of another assessment: something that it recommends, or an answer that somebody selected.
type ReviewRow struct {
	Line      int    // of the file, from 1; different in each row
	Category  string // usually a pillar
	Question  string // that was answered; empty for a recommendation
	Title     string // what is recommended, or was answered
	Link      string // http or https; may be empty
	Code      string // of the recommendation in its framework, for example RE:04; may be empty
	Priority  string // as the file says it
	Weight    string // likewise
	Completed bool   // somebody marked the recommendation as done, or selected the answer
	Note      string
}

// SharesIDs reports whether an equal practice id means the same practice in two questionnaires: one names the other.
func (q *Questionnaire) SharesIDs(other *Questionnaire) bool {
	return q.ID != other.ID && (slices.Contains(q.SharesIDsWith, other.ID) || slices.Contains(other.SharesIDsWith, q.ID))
}

// ProposedAnswer is what another assessment says about a practice with an equal id: somebody has to accept it.
type ProposedAnswer struct {
	Answer  SavedAnswer
	Wording Wording // that it was given to
	Edition Edition // likewise
}

// ProposedBy returns the answers of another assessment to practices that are in scope here and about which nothing is
// said, in the order of this questionnaire. There are none where the questionnaires do not share ids.
func (c *Current) ProposedBy(other *Current) []ProposedAnswer {
	if !c.Model.questionnaire.SharesIDs(other.Model.questionnaire) {
		return nil
	}
	var list []ProposedAnswer
	for practice := range c.Model.questionnaire.Practices() {
		place, ok := other.Model.Place(practice.ID)
		if !ok || c.OutOfScope(practice.ID) || other.OutOfScope(practice.ID) || c.State.Answer(practice.ID).Says() {
			continue
		}
		if answer := other.State.Answer(practice.ID); answer.Says() {
			list = append(list, ProposedAnswer{answer, place.Practice.Wording(), other.Model.questionnaire.Edition()})
		}
	}
	return list
}

// Status is what a row says about the practice that it is matched to: adopted where it is done. A recommendation that
// nobody marked says nothing by itself, and becomes what the person who imports decides.
func (r ReviewRow) Status(open Status) Status {
	if r.Completed {
		return Adopted
	}
	return open
}

// Merged returns what a practice says with rows of a file on top of what is stored: their status where they have one,
// partly where they differ, and their notes, which name the file, below the one that is there.
func (a Answer) Merged(rows []ReviewRow, open Status, file string) Answer {
	var statuses []Status
	for _, row := range rows {
		if status := row.Status(open); status != Unanswered && !slices.Contains(statuses, status) {
			statuses = append(statuses, status)
		}
		if note := row.noteIn(file); !strings.Contains(a.Note, note) {
			a.Note = strings.TrimSpace(a.Note + "\n\n" + note)
		}
	}
	switch len(statuses) {
	case 0:
	case 1:
		a.Status = statuses[0]
	default:
		a.Status = Partial
	}
	return a.Normal()
}

// noteIn says where an answer comes from, and what was noted there.
func (r ReviewRow) noteIn(file string) string {
	said := r.Title
	if r.Question != "" {
		said = r.Question + " " + r.Title
	}
	note := fmt.Sprintf("%s, line %d: %s", file, r.Line, said)
	if r.Note != "" {
		note += "\n" + r.Note
	}
	return note
}
