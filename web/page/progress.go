package page

import (
	"strconv"

	"plumbline/assessment"
)

// Started reports whether anything was answered.
func Started(s assessment.Score) bool { return s.Answered > 0 || s.Applicable < s.Total }

// OpenDecisions counts the live tradeoffs that nobody has settled, for example "6 open"; empty for none.
func OpenDecisions(c *assessment.Current) string {
	if n := len(assessment.OpenDecisions(c.Result, c.State.Decisions)); n > 0 {
		return strconv.Itoa(n) + " open"
	}
	return ""
}
