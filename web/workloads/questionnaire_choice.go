package workloads

import (
	"context"
	"fmt"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	"plumbline/web/page"
)

// questionnaireChoice is the list of questionnaires with the chosen one.
type questionnaireChoice struct {
	options []templates.Option
	known   bool   // the one asked for is in the list
	sha256  string // of the chosen one, else the first of the list; empty where there is none
	model   *assessment.Model
}

// first is where a new assessment begins: with its scope, where the questionnaire asks for it.
func first(assessment string, c questionnaireChoice) string {
	if c.model != nil && len(c.model.Questionnaire().Facets) > 0 {
		return templates.ScopeURL(assessment)
	}
	return templates.WalkURL(assessment)
}

func (c questionnaireChoice) pillars() []assessment.Pillar {
	if c.model == nil {
		return nil
	}
	return c.model.Questionnaire().Pillars
}

// chooseQuestionnaire lists the questionnaires that one of these teams is offered: first what came with the program, the newest of it
// in front, which is chosen where none of the list is asked for.
func (h *handlers) chooseQuestionnaire(ctx context.Context, sha256 string, teams []string) (questionnaireChoice, error) {
	var choice questionnaireChoice
	all, err := h.store.Library(ctx)
	if err != nil {
		return choice, err
	}
	for _, group := range page.GroupsOf(all) {
		for _, e := range group {
			if !slices.ContainsFunc(teams, e.EnabledFor) {
				continue
			}
			chosen := e.SHA256 == sha256
			if chosen || choice.sha256 == "" {
				choice.sha256 = e.SHA256
			}
			choice.known = choice.known || chosen
			choice.options = append(choice.options, templates.Option{Value: e.SHA256, Title: entryTitle(e), Chosen: chosen})
		}
	}
	if choice.sha256 != "" {
		choice.model, err = h.store.Model(ctx, choice.sha256)
	}
	return choice, err
}

// entryTitle names a questionnaire with its size.
func entryTitle(e assessment.LibraryEntry) string {
	return fmt.Sprintf("%s %s: %s, %s, %s", e.Title, e.Version, words.Plural(e.Counts.Principles, "principle", "principles"),
		words.Plural(e.Counts.Practices, "practice", "practices"), words.Plural(e.Counts.Tradeoffs, "tradeoff", "tradeoffs"))
}

// notOffered is what is wrong where the questionnaire that a form names is not in the list.
const notOffered = "Choose a questionnaire from the list"
