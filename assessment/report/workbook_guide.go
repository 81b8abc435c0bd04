package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// drawGuide says how to fill the workbook in.
func drawGuide(d *document, b *workbook) {
	d.lead("A review on paper, for a meeting without computers. Enter the answers in Plumbline afterwards: every practice and tradeoff has the same ID there.")
	d.topic("In the meeting")
	d.say("Before", "Fill in the cover. You can hand out the workbook by pillar; the people who run the workload answer best. Print on both sides: both margins have room for a binder.")
	d.say("Each question", "Read the question aloud, then each statement below it, and check one box for each statement. The small print explains what counts as partially and what to do. If nobody knows the answer, leave the boxes empty: the score then stays a range, which is useful to know.")
	d.say("Note, evidence", "Write down the reason, and where to find proof: a document, a dashboard, a ticket.")
	d.topic("The four answers")
	for _, a := range [][2]string{
		{words.Status(assessment.Absent), "It is not done, or only intended. It counts 0."},
		{words.Status(assessment.Partial), "It is done partially, or for a part of the workload. It counts ½."},
		{words.Status(assessment.Adopted), "It is done, and you can show it. It counts 1."},
		{words.Status(assessment.NotApplicable), "It does not apply to this workload and is excluded. Write the reason in the note."},
	} {
		d.boxedSay(a[0], a[1])
	}
	d.topic("Risk and effort")
	d.signs("Risk if it is missing", []mark{levelInk(assessment.High), levelInk(assessment.Medium), levelInk(assessment.Low)})
	d.signs("Effort to adopt it", []mark{effortInk(assessment.EffortS), effortInk(assessment.EffortM), effortInk(assessment.EffortL)})
	d.say("Finding", "“Not yet” is a finding with the severity of the risk. “Partially” is one severity lower: high becomes medium, medium becomes low, and low is not a finding.")
	if b.hasRules() {
		d.say("Risk of a question", "Some questions end with their own rules: check the first one that applies. A practice is present if it is adopted or partially adopted, and missing if it is not yet adopted or has no check mark; one that is not applicable is neither.")
	}
	d.topic("How scores are calculated")
	d.say("Question", "Add the weights of the practices: all of an adopted one, half of a partially adopted one, nothing of a missing one. Divide by the weights of all that are applicable, times 100. With weights 5, 3 and 1, answered adopted, partially and not yet: 6.5 of 9, that is 72.")
	d.say("Principle, pillar, all", "Each is the weighted mean of the parts that apply. A part with weight 2 counts twice; the weight of a pillar is its priority.")
	d.say("Range", "An unanswered practice counts as 0 for the low end of a score, and as adopted for the high end. The pages at the end give the low end.")
	d.say("Bands", "The low end decides: "+bandsText(b.Bands)+".")
	if len(b.Tradeoffs) > 0 {
		d.topic("Tradeoffs")
		d.say(words.State(assessment.Live), "Two qualities pull against each other. Check each condition that the answers meet: with one of them, the tradeoff is active and needs a decision. Adopted and partially adopted practices are present, those not yet adopted are missing.")
		d.say("Decision", "Accept: live with the cost. Mitigate: reduce it in at least one way that you check or write down. Revisit: decide later, on a review date. Each decision needs an owner, a date and a rationale.")
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
	for question := range b.Questions() {
		if len(question.RiskRules) > 0 {
			return true
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
