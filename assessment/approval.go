package assessment

import "time"

// Approval is a lead's word that a snapshot holds.
type Approval struct {
	Snapshot string // id
	Account  string // id of the lead
	Person   string // name at that time
	At       time.Time
	Note     string
}
