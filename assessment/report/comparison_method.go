package report

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

func (c *change) methodParts() []string {
	parts := []string{c.Say("How the change is divided", "How the difference is divided")}
	if c.otherQuestions() {
		parts = append(parts, c.ContentsTitle())
	}
	if len(c.Defects) > 0 {
		parts = append(parts, "Integrity check failed")
	}
	return append(parts, basis)
}

func (c *change) otherQuestions() bool {
	return len(c.Contents)+len(c.Priorities) > 0
}

// drawChangeMethod says how the parts came about, what was asked differently, and from what all of it was made.
func drawChangeMethod(d *document, c *change) {
	d.part("", 30)
	d.say("Questionnaire", c.QuestionnairePart())
	if again := c.AskedAgainNote(); again != "" {
		d.say("Needs review", again)
	}
	d.say("Priorities", c.Say("Then with the later pillar priorities.", "Then with the pillar priorities of the second workload."))
	d.say("Applicability", c.Say("Then with the later applicability: a practice that is no longer applicable is excluded, and one that was not applicable before counts as unanswered.",
		"Then with the applicability of the second workload: a practice that is not applicable there is excluded, and one that is not applicable in the first counts as unanswered."))
	d.say("Practices", c.Say("Then with the later answers. The part of a practice is its share of the overall score times the change of its value.",
		"Then with the answers of the second workload. The part of a practice is its share of the overall score times the difference of its values."))
	d.say("Total", "The parts add up exactly to the "+c.Say("change", "difference")+" of the confirmed overall score. Practices are matched by ID.")
	if c.otherQuestions() {
		d.part("", 30)
		for _, p := range c.Priorities {
			d.say("Priority", p.Title+": "+c.PriorityShift(p))
		}
		for _, list := range c.Contents {
			d.practiceNames(clean(list.Title), list.Names)
		}
	}
	if len(c.Defects) > 0 {
		d.part("", 30)
		d.paragraph(left+indent, wide, styleBody, "A stored score does not match the stored answers. This report uses the scores recalculated from the answers.")
		d.y += 2
		for _, defect := range c.Defects {
			d.say("Problem", defect)
		}
	}
	d.part("", 30)
	for i, v := range []*view{c.before, c.after} {
		d.say([]string{"Before", "After"}[i], c.Say("", clean(v.Workload.Name)+": ")+clean(v.Title)+", number "+words.Count(v.Sequence)+", taken "+words.DayTime(v.TakenAt.UTC())+by(v.TakenBy)+". "+clean(v.Note))
		d.say("SHA-256", hashText(v.Hash))
		d.say("Questionnaire", v.Questionnaire.Title+" ("+v.Questionnaire.ID+"), version "+v.Questionnaire.Version+", sha256 "+hashText(questionnaireHash(v.Questionnaire)))
	}
	d.say("Verification", "Export both snapshots as JSON, run “plumbline snapshot verify FILE” on each and “plumbline compare BEFORE AFTER”.")
}

func (d *document) practiceNames(title string, names []assessment.PracticeName) {
	for i, n := range names {
		word := title
		if i > 0 {
			word = ""
		}
		d.say(word, clean(n.Title)+" ("+n.ID+")")
	}
}
