package move

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/move"
	"plumbline/web/page"
)

func (h *handlers) triagePage(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, m moving) error {
	to, err := h.store.Model(r.Context(), m.to.SHA256)
	if err != nil {
		return err
	}
	triage := assessment.NewMove(&c.State, c.Model, to)
	v := view.TriageView{
		Page:       h.Placed(w, r, c, page.TabOverview, "Move to another questionnaire"),
		Errors:     m.problems,
		Stale:      m.stale,
		From:       editionName(c.State.Questionnaire),
		To:         editionName(m.to.QuestionnaireRef),
		Back:       templates.AssessedByURL(c.State.ID),
		Difference: templates.DifferenceURL(c.State.Questionnaire.SHA256, m.to.SHA256),
		Score:      scoreThen(c, to, triage, m.kept),
		Counts:     triageCounts(triage),
		New:        pillarLists(triage.Of(assessment.NewToAsk)),
		Carried:    pillarLists(triage.Of(assessment.Carried)),
		Others:     triagedThings(triage),
		Denied:     page.Denied(r, access.ActMove, c.State.Workload),
		Form: view.MoveForm{Action: templates.AssessedByURL(c.State.ID), To: m.to.SHA256, Version: strconv.FormatInt(c.State.Sequence, 10),
			Title: page.Printable(m.form.Title), Note: page.Printable(m.form.Note)},
	}
	for _, practice := range triage.Of(assessment.AskAgain) {
		v.Again = append(v.Again, h.againView(r, practice, m.kept))
	}
	for _, practice := range triage.Of(assessment.Orphaned) {
		v.Orphans = append(v.Orphans, h.triagedAnswer(r, practice))
	}
	for _, practice := range triage.Of(assessment.Returning) {
		v.Returning = append(v.Returning, h.triagedAnswer(r, practice))
	}
	return h.Render(w, r, status, view.Triage(v))
}

func (h *handlers) againView(r *http.Request, p assessment.MovedPractice, kept []string) view.AgainView {
	view := view.AgainView{ID: p.ID, Title: p.Title, Where: p.Pillar + ", " + p.Question, Answer: p.Answer.Answer,
		Cite: h.citation(r, p.Answer.By, p.Answer.At, p.Edition), Kept: slices.Contains(kept, p.ID)}
	view.Values, view.Texts = page.WordingChanges(p.Old, p.New)
	return view
}

func (h *handlers) triagedAnswer(r *http.Request, p assessment.MovedPractice) view.KeptAnswer {
	return view.KeptAnswer{Title: p.Title, Where: p.Pillar + ", " + p.Question, Answer: p.Answer.Answer,
		Cite: h.citation(r, p.Answer.By, p.Answer.At, p.Edition)}
}

// triageCounts says how many practices are in each class.
func triageCounts(t *assessment.Move) []view.TriageCount {
	rows := map[assessment.MoveClass]view.TriageCount{
		assessment.AskAgain:  {Title: "Asked again", Says: "Another text, risk or weight. The answer stands beside the practice until somebody decides", URL: "#again"},
		assessment.Orphaned:  {Title: "Gone", Says: "The answer is kept, and comes back with the practice", URL: "#orphans"},
		assessment.NewToAsk:  {Title: "Without an answer until now", Says: "New, or not answered yet", URL: "#lists"},
		assessment.Returning: {Title: "Coming back", Says: "An earlier answer to exactly this wording", URL: "#returning"},
		assessment.Carried:   {Title: "Carried over", Says: "Nothing changes that matters to the answer", URL: "#lists"},
	}
	var counts []view.TriageCount
	for _, class := range assessment.MoveClasses() {
		row := rows[class]
		row.Number = len(t.Of(class))
		if row.Number == 0 {
			if class == assessment.Returning {
				continue
			}
			row.URL = ""
		}
		counts = append(counts, row)
	}
	return counts
}

// scoreThen says what the overall score would be with what is kept so far.
func scoreThen(c *assessment.Current, to *assessment.Model, t *assessment.Move, kept []string) string {
	after := t.Apply(kept, "", c.State.UpdatedAt, 0)
	then := to.Score(after.Plain(), after.Priorities).Overall
	text := fmt.Sprintf("Overall score: %s now, %s after the move", words.Range(c.Result.Overall.Range), words.Range(then.Range))
	if len(t.Of(assessment.AskAgain)) > len(kept) {
		text += ", until what is asked again is answered"
	}
	return text + "."
}

// pillarLists puts practices under the titles of their pillars, in their order.
func pillarLists(practices []assessment.MovedPractice) []view.PillarList {
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

// triagedThings is what does not just stay of decisions, plan and priorities.
func triagedThings(t *assessment.Move) []view.KeptThing {
	var list []view.KeptThing
	for _, d := range t.Decisions {
		thing := view.KeptThing{Title: d.Title, Texts: story.DecisionTexts(&d.Decision)}
		switch d.Class {
		case assessment.AskAgain:
			thing.Word = "Decision: stays. The tradeoff has other signals, so it may ask to be looked at again."
		case assessment.Orphaned:
			thing.Word = "Decision: the tradeoff is gone. It is kept."
		case assessment.Returning:
			thing.Word = "Decision: comes back, since the tradeoff has these signals again."
		default:
			continue
		}
		list = append(list, thing)
	}
	for _, item := range t.Plan {
		if word := fateOf(item.Class, "Plan item", "practice"); word != "" {
			list = append(list, view.KeptThing{Title: item.Title, Word: word, Texts: planTexts(item.Item)})
		}
	}
	for _, priority := range t.Priorities {
		if word := fateOf(priority.Class, "Priority "+words.Exact(priority.Priority), "pillar"); word != "" {
			list = append(list, view.KeptThing{Title: priority.Title, Word: word})
		}
	}
	return list
}

// fateOf says what becomes of a thing that belongs to another one, empty where it stays.
func fateOf(class assessment.MoveClass, thing, of string) string {
	switch class {
	case assessment.Orphaned:
		return thing + ": the " + of + " is gone. It is kept."
	case assessment.Returning:
		return thing + ": comes back with the " + of + "."
	}
	return ""
}
