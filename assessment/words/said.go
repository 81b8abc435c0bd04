package words

// What a team says about a facet of its workload.
const (
	Yes     = "Yes"
	No      = "No"
	NotSure = "Not sure"
)

// Said returns what is said about a facet; nil is not sure.
func Said(said *bool) string {
	switch {
	case said == nil:
		return NotSure
	case *said:
		return Yes
	default:
		return No
	}
}

// InScope says how many practices apply to a workload: "130 of 147 practices in scope".
func InScope(n, all int) string { return Of(n, all) + " practices in scope" }
