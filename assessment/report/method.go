package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

func (v *view) methodParts() []string {
	parts := []string{"How scores are calculated", "Findings, tradeoffs and the plan"}
	if len(v.Questionnaire.Facets) > 0 {
		parts = append(parts, "Scope")
	}
	return append(parts, basis)
}

// basis is the title of the part that names the snapshots and the questionnaire of a report.
const basis = "What this report is based on"

// drawMethod says how every number of the report came about, and from what.
func drawMethod(d *document, v *view) {
	d.lead("Everything in this report comes from one snapshot: its questionnaire, priorities and answers. With the snapshot's file, you can recalculate every number.")
	d.part("", 30)
	d.say("Practice", "An adopted practice counts 1, a partially adopted one ½, a missing one 0. A practice that is not applicable is excluded, with a reason. An unanswered practice can still be anything from 0 to 1, so a score is a range.")
	d.say("Question", "The weighted mean of its applicable practices, on a scale of 0 to 100. The low end counts unanswered practices as 0, the high end as 1. The weight is 5 for high risk, 3 for medium and 1 for low, unless the questionnaire sets another one.")
	d.say("Principle, pillar, overall", "Each is the weighted mean of its parts. In the overall score, the weight of a pillar is the priority that the team set: "+v.priorityText()+". A part without an applicable practice is excluded.")
	d.say("Rounding", "Scores are calculated with full precision. The report shows whole numbers, or one decimal for points; halves are rounded up.")
	d.say("Bands", "The low end of a score decides its band. If the score is still a range, the band of the high end is shown too.")
	d.y += 1
	d.bandTable(v.bands)
	d.part("", 30)
	d.say("Finding", "A missing practice is a finding with the severity of its risk. A partially adopted one ranks one severity lower; if its risk is low, it is not a finding. Findings are sorted by severity, then by gain.")
	d.say("Tradeoff", "Each tradeoff has signals, which are conditions on answers. It is active if a condition is met, possible if one is still unknown, and inactive otherwise. The pull of a side is the weighted share of its adopted practices.")
	d.say("Decision", "It keeps the signals and pulls from when it was recorded. It is outdated if the signals have changed, and due if its review date has passed.")
	d.say("Plan", "The gain is the increase in the confirmed overall score if the practice is adopted. Practices are ranked by severity, then by gain divided by effort: 1 for days, 3 for weeks, 8 for months.")
	if said := v.Scope(); len(said) > 0 {
		d.part("", 30)
		d.lead("The team's description of the workload decides which practices apply: " + v.ScopeCount() + ".")
		d.scope(said)
	}
	d.part("", 40)
	d.origin(v)
}

// scope repeats what is said about the workload, and which practices each answer leaves out.
func (d *document) scope(said []story.FacetSaid) {
	for _, one := range said {
		text := clean(one.Title)
		for i, practice := range one.Out {
			text += []string{" Out of scope: ", "; "}[min(i, 1)] + practice.ID + " " + strings.TrimSuffix(clean(practice.Title), ".")
		}
		d.say(one.Said, text)
	}
}

// say puts a word in the narrow column and its explanation in the wide one.
func (d *document) say(word, text string) {
	lines := d.lines(styleBody, text, wide)
	side := d.lines(styleMeta, word, label)
	d.need(max(min(heightOf(lines), 40), heightOf(side)))
	y := d.y
	for _, l := range side {
		d.write(left, y+0.25, label, l)
		y += l.height()
	}
	d.put(left+indent, wide, lines)
	d.y = max(d.y, y) + 1.8
}

func (v *view) priorityText() string {
	texts := make([]string, len(v.Pillars))
	for i, p := range v.Pillars {
		texts[i] = p.Title + " " + words.Exact(p.Priority)
	}
	return strings.Join(texts, ", ")
}

func (d *document) bandTable(bands []assessment.Band) {
	for i, b := range bands {
		text := "from " + words.Exact(b.From)
		if i+1 < len(bands) {
			text += " to under " + words.Exact(bands[i+1].From)
		} else {
			text += " to 100"
		}
		d.need(styleBody.height())
		d.write(left+indent, d.y, wide, markLine(styleBody, bandMark(bands, b.ID)))
		d.text(left+indent+34, d.y+styleBody.baseline(), styleSecond, text)
		d.y += styleBody.height() + 0.6
	}
	d.y += 2
}

// origin names the questionnaire and the snapshot by version and hash.
func (d *document) origin(v *view) {
	d.say("Questionnaire", v.Questionnaire.Title+" ("+v.Questionnaire.ID+"), version "+v.Questionnaire.Version+". "+clean(v.Questionnaire.Summary))
	if hash := questionnaireHash(v.Questionnaire); hash != "" {
		d.say("SHA-256", hashText(hash))
	}
	d.say("Contents", contentsText(v.Questionnaire)+".")
	if s := v.Questionnaire.Source; s.Title != "" || s.URL != "" {
		d.say("Source", clean(s.Title)+licence(s))
		if s.URL != "" {
			d.need(styleMeta.height())
			d.write(left+indent, d.y-1.4, wide, line{style: styleMeta.in(accent), text: d.clip(styleMeta, s.URL, wide), url: s.URL})
			d.y += styleMeta.height()
		}
	}
	d.say("Snapshot", clean(v.Title)+", number "+words.Count(v.Sequence)+", taken "+words.DayTime(v.TakenAt.UTC())+by(v.TakenBy)+". "+clean(v.Note))
	d.say("SHA-256", hashText(v.Hash))
	previous := "None: this is the first snapshot of the assessment."
	if v.Previous != "" {
		previous = hashText(v.Previous)
	}
	d.say("Previous snapshot", previous)
	d.say("Verification", "Export the snapshot as JSON and run “plumbline snapshot verify FILE”. The command recalculates the hash of the file and every number in it, and lists all differences.")
	d.say("Characters", "A character that the font of this report does not have is shown as its Unicode number in brackets, for example [U+1F600]. The snapshot keeps the original text.")
}

// contentsText says how much a questionnaire holds.
func contentsText(q *assessment.Questionnaire) string {
	o := q.Outline()
	return words.Plural(o.Pillars, "pillar", "pillars") + ", " + words.Plural(o.Principles, "principle", "principles") + ", " +
		words.Plural(o.Practices, "practice", "practices") + ", " + words.Plural(o.Tradeoffs, "tradeoff", "tradeoffs")
}

func licence(s assessment.Source) string {
	if s.Licence == "" {
		return ""
	}
	return " (" + clean(s.Licence) + ")"
}
