package compare

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/templates"
	view "plumbline/templates/compare"
	"plumbline/web/page"
)

// changesAtOnce is how many practices of a list show before the rest unfolds.
const changesAtOnce = 8

func addChanges(v *view.CompareView, c *Comparison) {
	for i, list := range c.Lists {
		if i < 2 {
			v.Left = append(v.Left, c.practices(list))
		} else {
			v.Right = append(v.Right, c.practices(list))
		}
	}
	for _, change := range c.States {
		v.States = append(v.States, view.StateShift{TradeoffChange: change, URL: c.tradeoffURL(change.ID)})
	}
	for _, shift := range c.Settled {
		v.Decisions = append(v.Decisions, view.DecisionShift{DecisionShift: shift, URL: c.tradeoffURL(shift.Tradeoff)})
	}
	v.Content = c.content()
	before, after := c.Names()
	v.WordedBefore, v.WordedAfter = c.Say("before", before), c.Say("after", after)
}

func (c *Comparison) practices(list story.List) view.PracticeChanges {
	changes := view.PracticeChanges{List: list}
	for i, shift := range list.Rows {
		row := view.PracticeShift{PracticeShift: shift}
		if place, ok := c.Current.Model.Place(shift.ID); ok {
			row.URL = templates.PracticeURL(c.Current.State.ID, place.Principle.ID, shift.ID)
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
func (c *Comparison) tradeoffURL(id string) string {
	if _, ok := c.Current.Model.Tradeoff(id); !ok {
		return ""
	}
	return templates.TradeoffURL(c.Current.State.ID, id)
}

// content returns what is asked differently, with both sides of each wording, what it does to the score, and where all
// that differs is shown.
func (c *Comparison) content() view.ContentChanges {
	var v view.ContentChanges
	for _, list := range c.Contents {
		if list.ID == "added" || list.ID == "removed" {
			v.Names = append(v.Names, list)
		} else {
			c.addRewordings(&v, list)
		}
	}
	if len(c.Contents) == 0 && c.Before.Questionnaire == c.After.Questionnaire {
		return v
	}
	v.Part = c.QuestionnairePart() + " " + c.AskedAgainNote()
	before, after := c.before.questionnaire(c), c.after.questionnaire(c)
	if before != "" && after != "" && before != after {
		v.Difference = templates.DifferenceURL(before, after)
	}
	return v
}

// addRewordings adds the practices that say something else, or count for more or less. One that does both is added once.
func (c *Comparison) addRewordings(v *view.ContentChanges, list story.ContentList) {
	for _, name := range list.Names {
		if list.ID == "revalued" && slices.Contains(c.Reworded, name) {
			continue
		}
		change := view.Rewording{Word: list.Title, Title: name.Title}
		change.Values, change.Texts = page.WordingChanges(&c.texts, wordingOf(c.Earlier, name), wordingOf(c.Later, name))
		v.Reworded = append(v.Reworded, change)
	}
}

func wordingOf(side *story.Snapshot, name assessment.PracticeName) assessment.Wording {
	return side.Practice(name.ID).Place.Practice.Wording()
}

// questionnaire returns the hash of the questionnaire of a side.
func (c *side) questionnaire(of *Comparison) string {
	if !c.stored() {
		return of.Current.State.Questionnaire.SHA256
	}
	return c.file.Questionnaire
}
