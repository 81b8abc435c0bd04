package walk

import (
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	view "plumbline/templates/walk"
)

// ruledRisks is the risk of the questions of a page that have rules of their own for it, in the questionnaire's order.
func ruledRisks(c *assessment.Current, pillar *assessment.PillarResult, principle *assessment.Principle) []view.RiskView {
	var views []view.RiskView
	for i := range pillar.Principles {
		if pillar.Principles[i].ID != principle.ID {
			continue
		}
		for j, result := range pillar.Principles[i].Questions {
			question := &principle.Questions[j]
			if len(question.RiskRules) == 0 {
				continue
			}
			view := view.RiskView{Risk: result.Risk, Rules: rulesOf(question, principle)}
			if len(principle.Questions) > 1 {
				view.Title = question.Title
			}
			views = append(views, view)
		}
	}
	return views
}

// rulesOf says the rules of a question in one sentence, with its practices by their numbers on the page.
func rulesOf(question *assessment.Question, principle *assessment.Principle) string {
	numbers := map[string]string{}
	for practice := range principle.Practices() {
		numbers[practice.ID] = strconv.Itoa(len(numbers) + 1)
	}
	parts := make([]string, len(question.RiskRules))
	for i, rule := range question.RiskRules {
		parts[i] = words.Lower(words.Level(rule.Risk)) + " " + rule.Words(func(id string) string { return numbers[id] })
	}
	sentence := strings.Join(parts, "; ") + "."
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}
