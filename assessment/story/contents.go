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
	return c.Say("Changed in the questionnaire", "Differences between the questionnaires")
}

// NoContents says that both sides are asked the same.
func (c *Change) NoContents() string {
	return c.Say("No changes in the questionnaire.", "Both have the same practices.")
}

func (c *Change) contents() []ContentList {
	before, after := c.Names()
	lists := []ContentList{
		{"added", c.Say("Added", "Only in "+after), c.Added},
		{"removed", c.Say("Removed", "Only in "+before), c.Removed},
		{"reworded", c.Say("Reworded", "Worded differently"), c.Reworded},
		{"revalued", c.Say("Risk or weight changed", "Different risk or weight"), c.WeightsChanged},
	}
	return slices.DeleteFunc(lists, func(l ContentList) bool { return len(l.Names) == 0 })
}

// QuestionnairePart says how the part of the questionnaire comes about.
func (c *Change) QuestionnairePart() string {
	return c.Say("The earlier answers are scored with the later questionnaire; practices that it adds count as unanswered.",
		"The answers of the first workload are scored with the questionnaire of the second; practices that only the second has count as unanswered.") +
		" This accounts for " + words.Signed(c.Parts[0].Shown, 1) + " points."
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
