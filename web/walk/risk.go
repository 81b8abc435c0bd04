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
			view := view.RiskView{Risk: result.Risk, Rules: rulesOf(c, question, principle)}
			if len(principle.Questions) > 1 {
				view.Title = question.Title
			}
			views = append(views, view)
		}
	}
	return views
}

// rulesOf says the rules of a question in one sentence, with its practices by their numbers on the page. One that is out of
// scope has its title.
func rulesOf(c *assessment.Current, question *assessment.Question, principle *assessment.Principle) string {
	numbers := map[string]string{}
	for i := range question.Practices {
		numbers[question.Practices[i].ID] = "“" + question.Practices[i].Title + "”"
	}
	for number, practice := range c.InScope(principle) {
		numbers[practice.ID] = strconv.Itoa(number)
	}
	parts := make([]string, len(question.RiskRules))
	for i, rule := range question.RiskRules {
		parts[i] = words.Lower(words.Level(rule.Risk)) + " " + rule.Words(func(id string) string { return numbers[id] })
	}
	return words.Capital(strings.Join(parts, "; ") + ".")
}
