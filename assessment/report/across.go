package report

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// longestName is how much of a workload's name stands inside a sentence, in characters.
const longestName = 40

// word returns what is said of one workload at two moments, or else of two workloads, between which nothing happened in
// time.
func (c *change) word(within, across string) string {
	if c.Across() {
		return across
	}
	return within
}

// names returns how both workloads are called inside sentences; two of one name can be told apart.
func (c *change) names() (before, after string) {
	before, after = words.Cut(clean(c.Before.Workload.Name), longestName), words.Cut(clean(c.After.Workload.Name), longestName)
	if before == after {
		return before + " (before)", after + " (after)"
	}
	return before, after
}

// subject names what is compared.
func (c *change) subject() string {
	before, after := c.names()
	return c.word(clean(c.After.Workload.Name), before+" and "+after)
}

// side names a side: by its snapshot, and by its workload where there are two.
func (c *change) side(s assessment.ComparedSnapshot) string {
	return c.word(clean(s.Title), words.Cut(clean(s.Workload.Name), longestName)+": "+clean(s.Title))
}

// span says from where to where the comparison goes.
func (c *change) span() string {
	return c.word("What changed from “"+clean(c.Before.Title)+"” to “"+clean(c.After.Title)+"”.",
		"“"+clean(c.Before.Title)+"” of "+clean(c.Before.Workload.Name)+" is called before, “"+clean(c.After.Title)+"” of "+clean(c.After.Workload.Name)+" after.")
}

// bars says what the bars of the waterfall mean.
func (c *change) bars() string {
	before, after := c.names()
	return c.word("Filled bars rise, outlined bars fall.", "Filled bars: "+after+" stands higher. Outlined bars: "+before+" does.")
}

// radarNote says what the lines of the radar mean.
func (c *change) radarNote() string {
	before, after := c.names()
	return c.word("Filled: certain after. Dashed: certain before.", "Filled: "+after+". Dashed: "+before+". Both certain.")
}

// acrossVerdict says in sentences how two workloads differ.
func (c *change) acrossVerdict() string {
	first, second := c.names()
	before, after := words.Tenths(c.Before.Overall.Low), words.Tenths(c.After.Overall.Low)
	text := "Both stand at " + after
	switch delta := c.shownDelta(); {
	case delta > 0:
		text = second + " stands " + words.Tenths(delta) + " points higher: " + after + ", and " + first + " " + before
	case delta < 0:
		text = first + " stands " + words.Tenths(-delta) + " points higher: " + before + ", and " + second + " " + after
	}
	return text + ", counting only what is certain. " +
		words.Plural(len(c.Improved()), "practice stands", "practices stand") + " better in " + second + ", " + words.Count(len(c.Regressed())) + " in " + first + ". " +
		words.Plural(len(c.ChangedTradeoffs()), "tradeoff is", "tradeoffs are") + " in another state, " +
		words.Plural(len(c.Decisions), "decision differs", "decisions differ") + "."
}
