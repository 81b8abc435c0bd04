package web

import (
	"cmp"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// changesAtOnce is how many practices of a list show before the rest unfolds.
const changesAtOnce = 8

func addChanges(view *templates.CompareView, c *comparing) {
	view.Improved = c.practices(c.Improved())
	view.Regressed = c.practices(c.Regressed())
	view.Answered = c.practices(c.NewlyAnswered())
	view.Scope = c.practices(c.ApplicabilityChanged())
	for _, change := range c.ChangedTradeoffs() {
		view.Tradeoffs = append(view.Tradeoffs, templates.StateShift{Title: change.Title, URL: c.tradeoffURL(change.ID),
			Before: change.Before, After: change.After})
	}
	for _, change := range c.Decisions {
		shift := c.decisionShift(change)
		shift.URL = c.tradeoffURL(change.Tradeoff)
		view.Decisions = append(view.Decisions, shift)
	}
	view.Content = templates.ContentChanges{Added: titles(c.Added), Removed: titles(c.Removed), Reworded: c.rewordings(view.Words.Reworded)}
	c.explainContent(&view.Content)
}

func (c *comparing) practices(list []assessment.PracticeChange) templates.PracticeChanges {
	var changes templates.PracticeChanges
	for _, change := range list {
		row := templates.PracticeShift{Title: change.Title, Before: change.Before, After: change.After, Added: change.Added, Part: change.Part}
		if change.AskedAgain() && !c.Across() {
			row.Note = "Asked again: its text, risk or weight changed"
		}
		if place, ok := c.current.Model.Place(change.ID); ok {
			row.URL = templates.PracticeURL(c.current.State.ID, place.Principle.ID, change.ID)
		}
		if len(changes.First) < changesAtOnce {
			changes.First = append(changes.First, row)
		} else {
			changes.More = append(changes.More, row)
		}
	}
	return changes
}

// tradeoffURL returns the address of a tradeoff, empty where the assessment does not have it now.
func (c *comparing) tradeoffURL(id string) string {
	if _, ok := c.current.Model.Tradeoff(id); !ok {
		return ""
	}
	return templates.TradeoffURL(c.current.State.ID, id)
}

func (c *comparing) decisionShift(change assessment.DecisionChange) templates.DecisionShift {
	shift := templates.DecisionShift{Title: change.Title}
	added, withdrawn, changed := "Added", "Withdrawn", "Changed"
	if c.Across() {
		before, after := c.names()
		added, withdrawn, changed = "Only in "+after, "Only in "+before, "Another one"
	}
	switch {
	case change.Before == nil:
		shift.Kind, shift.Texts = added, decisionTexts(change.After)
	case change.After == nil:
		shift.Kind, shift.Texts = withdrawn, decisionTexts(change.Before)
	default:
		shift.Kind, shift.Texts = changed, c.decisionDifferences(change.Before, change.After)
	}
	return shift
}

func decisionTexts(d *assessment.Decision) []string {
	text := words.Choice(d.Choice) + ", " + d.Owner + ", " + words.Date(d.Date)
	if d.RevisitOn != "" {
		text += ", to be looked at again on " + words.Date(d.RevisitOn)
	}
	return append([]string{text, d.Rationale}, d.Mitigations...)
}

// decisionDifferences says what is another in the later decision, one sentence each.
func (c *comparing) decisionDifferences(before, after *assessment.Decision) []string {
	var list []string
	compare := func(name, was, is string) {
		if was != is {
			list = append(list, name+": "+c.difference(was, is))
		}
	}
	compare("Choice", words.Choice(before.Choice), words.Choice(after.Choice))
	compare("Rationale", before.Rationale, after.Rationale)
	compare("Owner", before.Owner, after.Owner)
	compare("Decided", words.Date(before.Date), words.Date(after.Date))
	compare("Look again", words.Date(before.RevisitOn), words.Date(after.RevisitOn))
	compare("Mitigations", strings.Join(before.Mitigations, "; "), strings.Join(after.Mitigations, "; "))
	switch {
	case len(list) > 0:
		return list
	case c.Across():
		return []string{"The same words on other grounds: the answers behind it differ"}
	}
	return []string{"Recorded again on other grounds: the answers behind it had changed"}
}

// difference says two values of one thing, the later one first where one became the other.
func (c *comparing) difference(was, is string) string {
	if c.Across() {
		before, after := c.names()
		return before + ": " + cmp.Or(was, "nothing") + " – " + after + ": " + cmp.Or(is, "nothing")
	}
	return cmp.Or(is, "empty") + ", was " + cmp.Or(was, "empty")
}

func titles(names []assessment.PracticeName) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = name.Title
	}
	return list
}

// rewordings returns the practices that say something else, or count for more or less, with both sides of it.
func (c *comparing) rewordings(reworded string) []templates.Rewording {
	if len(c.Reworded)+len(c.WeightsChanged) == 0 {
		return nil
	}
	before, after := practicesOf(c.before.snapshot.Questionnaire), practicesOf(c.after.snapshot.Questionnaire)
	var list []templates.Rewording
	add := func(word string, name assessment.PracticeName) {
		change := templates.Rewording{Word: word, Title: name.Title}
		change.Values, change.Texts = wordingChanges(before[name.ID].Wording(), after[name.ID].Wording())
		list = append(list, change)
	}
	for _, name := range c.Reworded {
		add(reworded, name)
	}
	for _, name := range c.WeightsChanged {
		if !slices.Contains(c.Reworded, name) {
			add("Another risk or weight", name)
		}
	}
	return list
}

// explainContent says what the questionnaire's part of the change is made of, and leads to all that differs.
func (c *comparing) explainContent(view *templates.ContentChanges) {
	if view.Count() == 0 && c.Before.Questionnaire == c.After.Questionnaire {
		return
	}
	view.Part = "The part of the questionnaire, " + words.Signed(c.Scope.Questionnaire, 1) + " points, is what the answers before give with the questionnaire after, " +
		"less what they give with their own: practices that are gone leave the sum, new ones count as unanswered, and weights are those after."
	if again := c.askedAgain(); again > 0 && !c.Across() {
		view.Part += " " + words.Plural(again, "practice is", "practices are") + " asked again since then, and unanswered so far: that stands under the pillars."
	}
	before, after := c.before.questionnaire(c), c.after.questionnaire(c)
	if before != "" && after != "" && before != after {
		view.Difference = templates.DifferenceURL(before, after)
	}
}

func (c *comparing) askedAgain() int {
	n := 0
	for _, practice := range c.Practices {
		if practice.AskedAgain() {
			n++
		}
	}
	return n
}

// questionnaire returns the hash of the questionnaire of a side.
func (c *compareSide) questionnaire(of *comparing) string {
	if !c.stored() {
		return of.current.State.Questionnaire.SHA256
	}
	return c.file.Questionnaire
}

func practicesOf(q *assessment.Questionnaire) map[string]*assessment.Practice {
	practices := map[string]*assessment.Practice{}
	for practice := range q.Practices() {
		practices[practice.ID] = practice
	}
	return practices
}
