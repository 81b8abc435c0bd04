package assessment

// Across reports whether the sides are two workloads: what differs did not happen in time then.
func (c *Comparison) Across() bool { return c.Before.Workload.ID != c.After.Workload.ID }

// CheckComparable returns an Invalid Error where two snapshots have no practice in common, so that nothing of one can be
// held against the other.
func CheckComparable(before, after *Snapshot) error {
	asked := map[string]bool{}
	for practice := range before.Questionnaire.Practices() {
		asked[practice.ID] = true
	}
	for practice := range after.Questionnaire.Practices() {
		if asked[practice.ID] {
			return nil
		}
	}
	return Errorf(Invalid,
		"“%s” was reviewed with %s and “%s” with %s. These questionnaires have no practice in common, so there is nothing to compare",
		before.Workload.Name, before.Questionnaire.Title, after.Workload.Name, after.Questionnaire.Title)
}
