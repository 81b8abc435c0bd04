package page

import "plumbline/assessment"

// Started reports whether anything was answered.
func Started(s assessment.Score) bool { return s.Answered > 0 || s.Applicable < s.Total }
