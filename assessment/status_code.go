package assessment

// statusCode is a status as a small number, for arrays that are scanned often.
type statusCode uint8

const (
	codeUnanswered statusCode = iota
	codeAbsent
	codePartial
	codeAdopted
	codeNotApplicable
)

// codeOf returns the code of a status; anything that is not a status counts as unanswered.
func codeOf(s Status) statusCode {
	switch s {
	case Absent:
		return codeAbsent
	case Partial:
		return codePartial
	case Adopted:
		return codeAdopted
	case NotApplicable:
		return codeNotApplicable
	default:
		return codeUnanswered
	}
}

// improvable reports whether adopting the practice would be a change: it is absent, partial or unanswered.
func (c statusCode) improvable() bool { return c < codeAdopted }

// lowest is the value that is certain, highest the one that is still possible.
func (c statusCode) lowest() float64  { return [...]float64{0, 0, 0.5, 1, 0}[c] }
func (c statusCode) highest() float64 { return [...]float64{1, 0, 0.5, 1, 0}[c] }
