package assessment

// What tests outside of the package look at.
const (
	MaxExpression = maxExpression
	MaxNesting    = maxNesting
	MaxTag        = maxTag
)

// Canonicalize is canonicalize.
var Canonicalize = canonicalize

// Bare returns a result without what it was computed from.
func Bare(r Result) Result {
	r.evaluation = nil
	return r
}
