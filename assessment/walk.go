package assessment

// Started reports whether anything was answered.
func (s Score) Started() bool { return s.Answered > 0 || s.Applicable < s.Total }

// unfinished reports whether a practice that applies is not answered.
func (s Score) unfinished() bool { return s.Answered < s.Applicable }

// NextPrinciple returns where a person goes on who stopped at a principle: there if something is open there, else at the
// next principle with something open, from the start again after the last. It is nil where everything is answered.
func (c *Current) NextPrinciple(stopped string) *Principle {
	var first *Principle
	passed := false
	for i := range c.Result.Pillars {
		principles := c.Model.Questionnaire().Pillars[i].Principles
		for j := range principles {
			passed = passed || principles[j].ID == stopped
			if !c.Result.Pillars[i].Principles[j].unfinished() {
				continue
			}
			if passed {
				return &principles[j]
			}
			if first == nil {
				first = &principles[j]
			}
		}
	}
	return first
}

// FirstOpen returns the first principle with something open of the pillar at a position, else its first one.
func (c *Current) FirstOpen(pillar int) *Principle {
	principles := c.Model.Questionnaire().Pillars[pillar].Principles
	for i, result := range c.Result.Pillars[pillar].Principles {
		if result.unfinished() {
			return &principles[i]
		}
	}
	return &principles[0]
}
