package assessment

import "sync"

// Current is an immutable view of an assessment at one sequence number, with its questionnaire and its scores.
// It is shared between requests: nobody may change anything in it.
type Current struct {
	State  State
	Model  *Model
	Result *Result // from Model.ScoreState: without findings, which Worst and Full have, and recommendations
	Size   int64   // of the state in bytes, see State.Size; up to a megabyte more, where it was not measured anew

	once sync.Once
	full *Result

	gathered sync.Once
	reasons  []string
}

// Full returns the result with findings and recommendations, computed at the first call.
func (c *Current) Full() *Result {
	c.once.Do(func() { c.full = c.Model.Evaluate(c.State.Plain(), c.State.Priorities, c.State.Facets) })
	return c.full
}

// maxReasons is how many reasons that were given before are worth to be offered.
const maxReasons = 3

// UsedReasons returns the reasons that are given most for practices that are not applicable, gathered at the first call.
func (c *Current) UsedReasons() []string {
	c.gathered.Do(func() { c.reasons = c.State.Answers.reasons(maxReasons) })
	return c.reasons
}
