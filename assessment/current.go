package assessment

import "sync"

// Current is an immutable view of an assessment at one sequence number, with its questionnaire and its scores.
// It is shared between requests: nobody may change anything in it.
type Current struct {
	State  State
	Model  *Model
	Result *Result // from Model.ScoreState: without findings, which Worst and Full have, and recommendations

	once sync.Once
	full *Result
}

// Full returns the result with findings and recommendations, computed at the first call.
func (c *Current) Full() *Result {
	c.once.Do(func() { c.full = c.Model.Evaluate(c.State.Plain(), c.State.Priorities, c.State.Facets) })
	return c.full
}
