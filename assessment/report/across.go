package report

import "plumbline/assessment"

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
	before, after = shortName(c.Before.Workload.Name), shortName(c.After.Workload.Name)
	if before == after {
		return before + " (before)", after + " (after)"
	}
	return before, after
}

func shortName(name string) string {
	runes := []rune(clean(name))
	if len(runes) <= longestName {
		return string(runes)
	}
	return clean(string(runes[:longestName])) + "…"
}

// subject names what is compared.
func (c *change) subject() string {
	before, after := c.names()
	return c.word(clean(c.After.Workload.Name), before+" and "+after)
}

// side names a side: by its snapshot, and by its workload where there are two.
func (c *change) side(s assessment.ComparedSnapshot) string {
	return c.word(clean(s.Title), shortName(s.Workload.Name)+": "+clean(s.Title))
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
	before, after := decimal(c.Before.Overall.Low), decimal(c.After.Overall.Low)
	text := "Both stand at " + after
	switch delta := c.shownDelta(); {
	case delta > 0:
		text = second + " stands " + decimal(delta) + " points higher: " + after + ", and " + first + " " + before
	case delta < 0:
		text = first + " stands " + decimal(-delta) + " points higher: " + before + ", and " + second + " " + after
	}
	return text + ", counting only what is certain. " +
		counted(len(c.Improved()), "practice stands", "practices stand") + " better in " + second + ", " + number(len(c.Regressed())) + " in " + first + ". " +
		counted(len(c.ChangedTradeoffs()), "tradeoff is", "tradeoffs are") + " in another state, " +
		counted(len(c.Decisions), "decision differs", "decisions differ") + "."
}
