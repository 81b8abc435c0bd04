package story

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// LongestName is how much of a workload's name stands inside a sentence, in characters.
const LongestName = 40

// Change is a comparison with everything that is shown of it, in the order in which it is shown. Its texts are about one
// workload at two moments, or about two workloads, between which nothing happened in time.
type Change struct {
	*assessment.Comparison
	Earlier  *Snapshot
	Later    *Snapshot
	Scores   []ScoreChange               // the overall score, then every pillar
	Parts    []Part                      // what divides the change of the overall score completely
	Lists    []List                      // every practice that changed, by how it did
	States   []assessment.TradeoffChange // tradeoffs of both sides that are in another state
	Settled  []DecisionShift
	Contents []ContentList // what is asked differently, without empty lists
}

// Between returns the story of a comparison of two snapshots.
func Between(c *assessment.Comparison, before, after *assessment.Snapshot) *Change {
	s := &Change{Comparison: c, Earlier: Of(before), Later: Of(after), States: c.ChangedTradeoffs()}
	s.Scores = s.scores()
	s.Parts = s.parts()
	s.Lists = s.lists()
	s.Contents = s.contents()
	for _, decision := range c.Decisions {
		s.Settled = append(s.Settled, s.decision(decision))
	}
	return s
}

// Say returns the text for one workload at two moments, or else that for two workloads.
func (c *Change) Say(within, across string) string {
	if c.Across() {
		return across
	}
	return within
}

// Names returns how both workloads are called inside sentences; two of one name can be told apart.
func (c *Change) Names() (before, after string) {
	before, after = words.Cut(c.Before.Workload.Name, LongestName), words.Cut(c.After.Workload.Name, LongestName)
	if strings.EqualFold(before, after) {
		return before + " (before)", after + " (after)"
	}
	return before, after
}

// Subject names what is compared: the workload, or both.
func (c *Change) Subject() string {
	before, after := c.Names()
	return c.Say(c.After.Workload.Name, before+" and "+after)
}

// Side names a side: by its snapshot, and by its workload where there are two.
func (c *Change) Side(s assessment.ComparedSnapshot) string {
	return c.Say(s.Title, words.Cut(s.Workload.Name, LongestName)+": "+s.Title)
}

// Title says what is compared, for the head of a page.
func (c *Change) Title() string {
	switch {
	case c.Across():
		return c.Before.Workload.Name + " (before) and " + c.After.Workload.Name + " (after)"
	case c.Before.TakenAt.After(c.After.TakenAt):
		return "What was different in “" + c.After.Title + "”"
	}
	return "What changed since “" + c.Before.Title + "”"
}

// Heading is the Title for a document, with the workload before it where there is one.
func (c *Change) Heading() string {
	return c.Say(c.After.Workload.Name+": "+words.Lower(c.Title()), c.Title())
}

// Verdict says in a sentence how far the certain overall score moved, or how far apart two workloads are.
func (c *Change) Verdict() string {
	first, second := c.Names()
	before, after, delta := words.Tenths(c.Before.Overall.Low), words.Tenths(c.After.Overall.Low), c.delta()
	said := c.Say("The score is the same, "+after, "Both score "+after)
	switch {
	case c.same():
		return "Both sides are the same."
	case delta > 0:
		said = c.Say(words.Tenths(delta)+" points up, from "+before+" to "+after, second+" is "+words.Tenths(delta)+" points higher ("+after+") than "+first+" ("+before+")")
	case delta < 0:
		said = c.Say(words.Tenths(-delta)+" points down, from "+before+" to "+after, first+" is "+words.Tenths(-delta)+" points higher ("+before+") than "+second+" ("+after+")")
	}
	return said + ", based on the confirmed (lower) score."
}

// same reports whether nothing of one workload differs.
func (c *Change) same() bool {
	return !c.Across() && c.Before.Questionnaire == c.After.Questionnaire &&
		len(c.Practices)+len(c.Facets)+len(c.Priorities)+len(c.States)+len(c.Settled)+len(c.Contents) == 0
}

// delta is the difference of both overall scores as they are shown, so that it adds up on paper.
func (c *Change) delta() float64 { return difference(c.Before.Overall, c.After.Overall) }

// PracticeCounts says in a sentence how many practices differ.
func (c *Change) PracticeCounts() string {
	first, second := c.Names()
	improved, regressed := len(c.Improved()), words.Count(len(c.Regressed()))
	return c.Say(words.Plural(improved, "practice", "practices")+" improved, "+regressed+" regressed, "+
		words.Count(len(c.NewlyAnswered()))+" newly answered, "+words.Count(len(c.ApplicabilityChanged()))+" with changed applicability.",
		words.Plural(improved, "practice is", "practices are")+" better in "+second+", "+regressed+" in "+first+".")
}

// Counts says in sentences how many practices, tradeoffs and decisions differ.
func (c *Change) Counts() string {
	return c.PracticeCounts() + " " + words.Plural(len(c.States), "tradeoff", "tradeoffs") + c.Say(" changed state, ", " in another state, ") +
		c.Say(words.Plural(len(c.Settled), "decision was", "decisions were")+" recorded, changed or withdrawn.",
			words.Plural(len(c.Settled), "decision differs.", "decisions differ."))
}

// Note explains what two questionnaires mean for a comparison, nothing where both sides answered one.
func (c *Change) Note() string {
	before, after := c.Earlier.Questionnaire, c.Later.Questionnaire
	if before.ID == after.ID {
		return ""
	}
	all := len(c.Later.Practices)
	return "They were reviewed with different questionnaires, " + before.Title + " and " + after.Title + ". Answers are compared for the " +
		words.Plural(all-len(c.Added), "practice", "practices") + " of " + words.Count(all) +
		" that have the same ID in both; the rest is in the part “Questionnaire”."
}
