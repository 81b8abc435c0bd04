package story

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// What the sums of a result are called. The second is there only where priority 0 leaves a pillar out.
const (
	AllPillars = "All pillars"
	LeftOut    = "Excluded by priority 0"
)

// LeftOutNote says what being left out means.
const LeftOutNote = "Pillars with priority 0 do not count in the overall score or in the totals."

// TallyOf returns the counts of a sum that tables of scores show.
func TallyOf(s assessment.Sum) Tally { return Tally{Findings: s.Findings, Unknown: s.Unknown.High} }

// FindingCounts says how many findings there are by severity, and how many more are left out.
func (v *Snapshot) FindingCounts() string {
	c := v.Counted.Findings
	text := words.Count(c.High) + " high, " + words.Count(c.Medium) + " medium, " + words.Count(c.Low) + " low"
	if n := v.Apart.Findings.Total(); n > 0 {
		text += "; " + words.Count(n) + " more excluded by priority 0"
	}
	return text
}

// ApartAnswered says how much is answered of what is left out; empty where that is nothing.
func ApartAnswered(apart assessment.Sum) string {
	if apart.Applicable == 0 {
		return ""
	}
	return words.Of(apart.Answered, apart.Applicable) + " in pillars with priority 0"
}

// ApartUnknown says how many unanswered practices are left out; empty where there are none.
func ApartUnknown(apart assessment.Sum) string {
	n := apart.Unknown.Total()
	if n == 0 {
		return ""
	}
	return "Priority 0 excludes " + words.Plural(n, "more unanswered practice", "more unanswered practices") + "."
}
