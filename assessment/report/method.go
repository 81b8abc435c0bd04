package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

func (v *view) methodParts() []string {
	parts := []string{"How scores are computed", "Findings, tradeoffs and the plan"}
	if len(v.Questionnaire.Facets) > 0 {
		parts = append(parts, "Scope")
	}
	return append(parts, "What this report was made from")
}

// drawMethod says how every number of the report came about, and from what.
func drawMethod(d *document, v *view) {
	d.lead("Everything in this report follows from one snapshot: the questionnaire, the priorities and the answers in it. Whoever has the snapshot's file can compute every number again.")
	d.part("", 30)
	d.say("Practice", "An adopted practice counts 1, a partially adopted one ½, a missing one 0. One that is not applicable, with its reason, leaves the sum. An unanswered practice may still be anything between 0 and 1, which is why a score is a range.")
	d.say("Question", "The sum of weight times value of its applicable practices, divided by the sum of their weights, on a scale of 0 to 100. The low end counts unanswered practices 0, the high end 1. Weight is 5 for a high risk, 3 for a medium and 1 for a low one, unless the questionnaire says otherwise.")
	d.say("Principle, pillar, overall", "Each is the weighted mean of what it holds. In the overall score a pillar weighs what the team gave it as priority: "+v.priorityText()+". A level without an applicable practice leaves the mean of the level above.")
	d.say("Rounding", "Full precision is kept inside; the report shows whole numbers, or one decimal for points, halves rounded up.")
	d.say("Bands", "The low end of a score decides its band. While the range is open, the band of the high end is named too.")
	d.y += 1
	d.bandTable(v.bands)
	d.part("", 30)
	d.say("Finding", "A missing practice has the severity of its risk, a partially adopted one is one step lower; a low one drops out then. Findings rank by severity, then by gain.")
	d.say("Tradeoff", "Each tradeoff has signals: conditions over answers. It is active when one is true, possible when one is still unknown, and inactive otherwise. The pull of a side is the weighted share of its practices that are adopted.")
	d.say("Decision", "It keeps the signals and pulls of the day it was made. It is outdated when other signals are true now, and due when its date to look again has passed.")
	d.say("Plan", "Gain is the certain overall score with the practice adopted, minus the one now. Rank is severity, then gain divided by effort: 1 for days, 3 for weeks, 8 for months.")
	if said := v.Scope(); len(said) > 0 {
		d.part("", 30)
		d.lead("What the team says about the workload decides which practices are asked: " + v.ScopeCount() + ".")
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
		d.say("Its SHA-256", hashText(hash))
	}
	principles := 0
	for _, p := range v.Pillars {
		principles += len(p.Principles)
	}
	d.say("Holds", words.Plural(len(v.Pillars), "pillar", "pillars")+", "+words.Plural(principles, "principle", "principles")+", "+
		words.Plural(len(v.Practices), "practice", "practices")+", "+words.Plural(len(v.Questionnaire.Tradeoffs), "tradeoff", "tradeoffs")+".")
	if s := v.Questionnaire.Source; s.Title != "" || s.URL != "" {
		d.say("Written from", clean(s.Title)+licence(s))
		if s.URL != "" {
			d.need(styleMeta.height())
			d.write(left+indent, d.y-1.4, wide, line{style: styleMeta.in(accent), text: d.clip(styleMeta, s.URL, wide), url: s.URL})
			d.y += styleMeta.height()
		}
	}
	d.say("Snapshot", clean(v.Title)+", number "+words.Count(v.Sequence)+", taken "+words.DayTime(v.TakenAt.UTC())+by(v.TakenBy)+". "+clean(v.Note))
	d.say("Its SHA-256", hashText(v.Hash))
	previous := "None: this is the first snapshot of the assessment."
	if v.Previous != "" {
		previous = hashText(v.Previous)
	}
	d.say("The one before", previous)
	d.say("To check it", "Export the snapshot as JSON and run “plumbline snapshot verify FILE”: it computes the hash of the file and every number in it again, and lists whatever differs.")
	d.say("Characters", "A character that the font of this report cannot draw stands as its Unicode number in brackets, for example [U+1F600]. The snapshot has the text as it was typed.")
}

func licence(s assessment.Source) string {
	if s.Licence == "" {
		return ""
	}
	return " (" + clean(s.Licence) + ")"
}
