package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// drawGuide says how to fill the workbook in.
func drawGuide(d *document, b *workbook) {
	d.lead("A review on paper, for a meeting without computers. Afterwards somebody types the answers into Plumbline: every practice and every tradeoff has its id there too.")
	d.topic("In the meeting")
	d.say("Before", "Fill in the cover. The parts can be handed out by pillar; whoever runs the workload answers best. Print on both sides: either edge has room for a binder.")
	d.say("Each question", "Read it out, then each statement under it, and tick one box a statement. The small print says what counts as partially, and what to do. Where nobody knows, tick nothing: the score stays open there, and that is worth knowing too.")
	d.say("Note, evidence", "Write down why, and where it can be seen: a document, a dashboard, a ticket.")
	d.topic("The four answers")
	for _, a := range [][2]string{
		{words.Status(assessment.Absent), "Nobody does it, or it is only meant to be done. It counts 0."},
		{words.Status(assessment.Partial), "It is done in part, or for a part of the workload. It counts ½."},
		{words.Status(assessment.Adopted), "It is done, and could be shown to a visitor. It counts 1."},
		{words.Status(assessment.NotApplicable), "It cannot matter here. It leaves the sum; the reason has to go into the note."},
	} {
		d.boxedSay(a[0], a[1])
	}
	d.topic("Risk and effort")
	d.signs("Risk, while it is missing", []mark{levelInk(assessment.High), levelInk(assessment.Medium), levelInk(assessment.Low)})
	d.signs("Effort to adopt it", []mark{effortInk(assessment.EffortS), effortInk(assessment.EffortM), effortInk(assessment.EffortL)})
	d.say("Finding", "Not yet is a finding as severe as the risk. Partially is one step less: high becomes medium, medium becomes low, and low is none.")
	if b.hasRules() {
		d.say("Risk of a question", "Some questions end with rules of their own: tick the first that holds. A practice is there when it is adopted or partially adopted, missing when it is not yet or has no tick; one that is not applicable is neither.")
	}
	d.topic("How a score comes about")
	d.say("Question", "Add the weights of the practices: all of an adopted one, half of a partially adopted one, nothing of a missing one. Divide by the weights of all that are applicable, times 100. With weights 5, 3 and 1, answered adopted, partially and not yet: 6.5 of 9, that is 72.")
	d.say("Principle, pillar, all", "Each is the mean of what it holds, less what is not applicable. A part with a weight of 2 counts twice; a pillar counts as often as its priority says.")
	d.say("Range", "An unanswered practice counts 0 for the low end of a score, and as adopted for the high end. The pages at the end give the low end.")
	d.say("Bands", "The low end decides: "+bandsText(b.Bands)+".")
	if len(b.Tradeoffs) > 0 {
		d.topic("Tradeoffs")
		d.say(words.State(assessment.Live), "Two qualities pull against each other. Tick each condition that the answers fulfil: with one of them the tradeoff is active, and wants a decision. A practice is there when it is adopted or partially adopted, missing when it is not yet; one that is not applicable is neither.")
		d.say("Decision", "Accept: live with it. Mitigate: soften it, in at least one way that is ticked or written down. Revisit: put it off to a day that is named. Each needs an owner, a date and a reason.")
	}
}

// bandsText names the bands with where they begin: "Critical from 0, Moderate from 33".
func bandsText(bands []assessment.Band) string {
	names := make([]string, len(bands))
	for i, b := range bands {
		names[i] = clean(b.Title) + " from " + words.Exact(b.From)
	}
	return strings.Join(names, ", ")
}

func (b *workbook) hasRules() bool {
	for _, pillar := range b.Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				if len(question.RiskRules) > 0 {
					return true
				}
			}
		}
	}
	return false
}

// topic puts a heading that the contents do not name.
func (d *document) topic(title string) {
	d.y += 2.6
	d.need(styleSub.height() + 16)
	d.heading(styleSub, title, "")
	d.y += 1.6
}

// boxedSay is say with a box to tick before the word.
func (d *document) boxedSay(word, text string) {
	d.need(boxStep)
	d.tickBox(left, d.y-0.9, styleBody, word)
	d.put(left+indent, wide, d.lines(styleBody, text, wide))
	d.y += 1.8
}

// signs puts signs and their words side by side.
func (d *document) signs(word string, marks []mark) {
	d.need(styleBody.height())
	d.text(left, d.y+styleBody.baseline(), styleMeta, word)
	for i, m := range marks {
		d.write(left+indent+float64(i)*wide/4, d.y, wide/4, markLine(styleBody, m))
	}
	d.y += styleBody.height() + 1.8
}
