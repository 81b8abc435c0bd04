package story

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// ContentList is the practices that are asked differently in the same way.
type ContentList struct {
	ID    string // added, removed, reworded or revalued
	Title string
	Names []assessment.PracticeName
}

// ContentsTitle is the title of what is asked differently.
func (c *Change) ContentsTitle() string {
	return c.Say("Changed in the questionnaire", "What is asked differently")
}

// NoContents says that both sides are asked the same.
func (c *Change) NoContents() string {
	return c.Say("No changes in the questionnaire.", "Both were asked the same.")
}

func (c *Change) contents() []ContentList {
	before, after := c.Names()
	lists := []ContentList{
		{"added", c.Say("Added", "Asked of "+after+" only"), c.Added},
		{"removed", c.Say("Removed", "Asked of "+before+" only"), c.Removed},
		{"reworded", c.Say("Reworded", "Worded differently"), c.Reworded},
		{"revalued", c.Say("Risk or weight changed", "Different risk or weight"), c.WeightsChanged},
	}
	return slices.DeleteFunc(lists, func(l ContentList) bool { return len(l.Names) == 0 })
}

// QuestionnairePart says how the part of the questionnaire comes about.
func (c *Change) QuestionnairePart() string {
	return c.Say("The earlier answers are scored with the later questionnaire; practices that it adds count as unanswered.",
		"The answers before are scored with the questionnaire after; practices that only this one has count as unanswered.") +
		" The difference, " + words.Signed(c.Parts[0].Shown, 1) + " points, is its part."
}

// AskedAgainNote says where the practices are counted that are to be answered again, nothing where there is none.
func (c *Change) AskedAgainNote() string {
	n := c.AskedAgain()
	if n == 0 {
		return ""
	}
	return words.Plural(n, "practice is unanswered on the later side because its", "practices are unanswered on the later side because their") +
		" text, risk or weight changed in the questionnaire. That counts in the pillars."
}
