package move

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/move"
	"plumbline/web/page"
)

func (h *handlers) outcomePage(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, m proposal) error {
	to, err := h.store.Model(r.Context(), m.to.SHA256)
	if err != nil {
		return err
	}
	outcome := move.NewOutcome(&c.State, c.Model, to)
	v := view.OutcomeView{
		Page:       h.Placed(w, r, c, page.TabOverview, "Move to another questionnaire"),
		Errors:     m.problems,
		Stale:      m.stale,
		From:       editionName(c.State.Questionnaire),
		To:         editionName(m.to.QuestionnaireRef),
		Back:       templates.AssessmentQuestionnaireURL(c.State.ID),
		Difference: templates.DifferenceURL(c.State.Questionnaire.SHA256, m.to.SHA256),
		Score:      scoreAfter(c, to, outcome, m.chosen),
		Counts:     outcomeCounts(outcome),
		New:        pillarLists(outcome.Of(move.NewToAsk)),
		Carried:    pillarLists(outcome.Of(move.Carried)),
		Others:     changedParts(outcome),
		Denied:     page.Denied(r, access.ActMove, c.State.Workload),
		Form: view.Form{Action: templates.AssessmentQuestionnaireURL(c.State.ID), To: m.to.SHA256, Version: strconv.FormatInt(c.State.Sequence, 10),
			Title: page.Printable(m.form.Title), Note: page.Printable(m.form.Note)},
	}
	for _, practice := range outcome.Of(move.AskAgain) {
		v.Again = append(v.Again, h.changedPractice(r, practice, m.chosen.Kept))
	}
	for _, practice := range outcome.Of(move.Reworded) {
		v.Reworded = append(v.Reworded, h.changedPractice(r, practice, m.chosen.Again))
	}
	for _, practice := range outcome.Of(move.Orphaned) {
		v.Orphans = append(v.Orphans, h.movedAnswer(r, practice))
	}
	for _, practice := range outcome.Of(move.Returning) {
		v.Returning = append(v.Returning, h.movedAnswer(r, practice))
	}
	return h.Render(w, r, status, view.Outcome(v))
}

// changedPractice is a practice that is worded anew; chosen are those that are to count as they do not by themselves.
func (h *handlers) changedPractice(r *http.Request, p move.Practice, chosen []string) view.ChangedPractice {
	changed := view.ChangedPractice{ID: p.ID, Title: p.Title, Where: p.Pillar + ", " + p.Question, Answer: p.Answer.Answer,
		Cite: h.citation(r, p.Answer.By, p.Answer.At, p.Edition), Chosen: slices.Contains(chosen, p.ID)}
	changed.Values, changed.Texts = page.WordingChanges(&page.VisitorOf(r).Texts, p.Old, p.New)
	return changed
}

func (h *handlers) movedAnswer(r *http.Request, p move.Practice) view.KeptAnswer {
	return view.KeptAnswer{Title: p.Title, Where: p.Pillar + ", " + p.Question, Answer: p.Answer.Answer,
		Cite: h.citation(r, p.Answer.By, p.Answer.At, p.Edition)}
}

// outcomeCounts says how many practices are in each class.
func outcomeCounts(t *move.Outcome) []view.OutcomeCount {
	rows := map[move.Class]view.OutcomeCount{
		move.AskAgain:  {Title: "Needs review", Says: "Text, risk or weight changed. The earlier answer is shown until someone decides", URL: "#review"},
		move.Orphaned:  {Title: "Removed", Says: "The answer is kept and restored if the practice returns", URL: "#orphans"},
		move.NewToAsk:  {Title: "Unanswered", Says: "New, or not answered yet", URL: "#lists"},
		move.Returning: {Title: "Restored", Says: "An earlier answer matches this exact wording", URL: "#returning"},
		move.Reworded:  {Title: "Reworded", Says: "New wording, same meaning. The answer still counts, unless you ask again", URL: "#reworded"},
		move.Carried:   {Title: "Carried over", Says: "No relevant change", URL: "#lists"},
	}
	var counts []view.OutcomeCount
	for _, class := range move.Classes() {
		row := rows[class]
		row.Number = len(t.Of(class))
		if row.Number == 0 {
			if class == move.Returning || class == move.Reworded {
				continue
			}
			row.URL = ""
		}
		counts = append(counts, row)
	}
	return counts
}

// scoreAfter says what the overall score would be with what is chosen so far.
func scoreAfter(c *assessment.Current, to *assessment.Model, t *move.Outcome, chosen move.Chosen) string {
	after := t.Apply(chosen, "", c.State.UpdatedAt, 0)
	then := to.Score(after.Plain(), after.Priorities, after.Facets).Overall
	text := fmt.Sprintf("Overall score: %s now, %s after the move", words.Score(c.Model.Questionnaire().Bands, c.Result.Overall.Range),
		words.Score(to.Questionnaire().Bands, then.Range))
	if len(t.Of(move.AskAgain))+len(chosen.Again) > len(chosen.Kept) {
		text += ", until the practices that need review are answered"
	}
	return text + "."
}

// pillarLists puts practices under the titles of their pillars, in their order.
func pillarLists(practices []move.Practice) []view.PillarList {
	var lists []view.PillarList
	for _, practice := range practices {
		if n := len(lists); n == 0 || lists[n-1].Title != practice.Pillar {
			lists = append(lists, view.PillarList{Title: practice.Pillar})
		}
		last := &lists[len(lists)-1]
		last.Names = append(last.Names, practice.Title)
	}
	return lists
}

// changedParts is what does not just stay of decisions, plan and priorities.
func changedParts(t *move.Outcome) []view.KeptPart {
	var list []view.KeptPart
	for _, d := range t.Decisions {
		part := view.KeptPart{Title: d.Title, Texts: story.DecisionTexts(&d.Decision)}
		switch d.Class {
		case move.AskAgain:
			part.Word = "Decision: kept. The tradeoff has changed conditions and may need review."
		case move.Orphaned:
			part.Word = "Decision: kept. The tradeoff was removed."
		case move.Returning:
			part.Word = "Decision: restored. The tradeoff has these conditions again."
		default:
			continue
		}
		list = append(list, part)
	}
	for _, item := range t.Plan {
		if word := outcomeOf(item.Class, "Plan item", "practice"); word != "" {
			list = append(list, view.KeptPart{Title: item.Title, Word: word, Texts: planTexts(item.Item)})
		}
	}
	for _, priority := range t.Priorities {
		if word := outcomeOf(priority.Class, "Priority "+words.Exact(priority.Priority), "pillar"); word != "" {
			list = append(list, view.KeptPart{Title: priority.Title, Word: word})
		}
	}
	return list
}

// outcomeOf says what happens to a part that depends on another one; empty if it stays.
func outcomeOf(class move.Class, part, of string) string {
	switch class {
	case move.Orphaned:
		return part + ": the " + of + " was removed. It is kept."
	case move.Returning:
		return part + ": restored with the " + of + "."
	}
	return ""
}
