package words

import "plumbline/assessment"

// Said returns what a team says about a facet of its workload: "Yes", "No" or "Not sure", which is nil.
func Said(said *bool) string { return Capital(assessment.SaidWord(said)) }

// InScope says how many practices apply to a workload: "130 of 147 practices in scope".
func InScope(n, all int) string { return Of(n, all) + " practices in scope" }
