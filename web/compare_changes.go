package web

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/templates"
)

// changesAtOnce is how many practices of a list show before the rest unfolds.
const changesAtOnce = 8

func addChanges(view *templates.CompareView, c *comparing) {
	for i, list := range c.Lists {
		if i < 2 {
			view.Left = append(view.Left, c.practices(list))
		} else {
			view.Right = append(view.Right, c.practices(list))
		}
	}
	for _, change := range c.States {
		view.States = append(view.States, templates.StateShift{TradeoffChange: change, URL: c.tradeoffURL(change.ID)})
	}
	for _, shift := range c.Settled {
		view.Decisions = append(view.Decisions, templates.DecisionShift{DecisionShift: shift, URL: c.tradeoffURL(shift.Tradeoff)})
	}
	view.Content = c.content()
	before, after := c.Names()
	view.WordedBefore, view.WordedAfter = c.Say("before", before), c.Say("after", after)
}

func (c *comparing) practices(list story.List) templates.PracticeChanges {
	changes := templates.PracticeChanges{List: list}
	for i, shift := range list.Rows {
		row := templates.PracticeShift{PracticeShift: shift}
		if place, ok := c.current.Model.Place(shift.ID); ok {
			row.URL = templates.PracticeURL(c.current.State.ID, place.Principle.ID, shift.ID)
		}
		if i < changesAtOnce {
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

// content returns what is asked differently, with both sides of each wording, what it does to the score, and where all
// that differs is shown.
func (c *comparing) content() templates.ContentChanges {
	var view templates.ContentChanges
	for _, list := range c.Contents {
		if list.ID == "added" || list.ID == "removed" {
			view.Names = append(view.Names, list)
		} else {
			c.addRewordings(&view, list)
		}
	}
	if len(c.Contents) == 0 && c.Before.Questionnaire == c.After.Questionnaire {
		return view
	}
	view.Part = c.QuestionnairePart() + " " + c.AskedAgainNote()
	before, after := c.before.questionnaire(c), c.after.questionnaire(c)
	if before != "" && after != "" && before != after {
		view.Difference = templates.DifferenceURL(before, after)
	}
	return view
}

// addRewordings adds the practices that say something else, or count for more or less. One that does both is added once.
func (c *comparing) addRewordings(view *templates.ContentChanges, list story.ContentList) {
	for _, name := range list.Names {
		if list.ID == "revalued" && slices.Contains(c.Reworded, name) {
			continue
		}
		change := templates.Rewording{Word: list.Title, Title: name.Title}
		change.Values, change.Texts = wordingChanges(wordingOf(c.Earlier, name), wordingOf(c.Later, name))
		view.Reworded = append(view.Reworded, change)
	}
}

func wordingOf(side *story.Snapshot, name assessment.PracticeName) assessment.Wording {
	return side.Practice(name.ID).Place.Practice.Wording()
}

// questionnaire returns the hash of the questionnaire of a side.
func (c *compareSide) questionnaire(of *comparing) string {
	if !c.stored() {
		return of.current.State.Questionnaire.SHA256
	}
	return c.file.Questionnaire
}
