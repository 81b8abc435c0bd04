package move

import "plumbline/assessment"

// Request asks to go on with an assessment on another stored questionnaire.
type Request struct {
	Questionnaire string // SHA-256 of the one to move to
	Sequence      int64  // of the assessment that the person saw; negative for none, which is refused with VersionRequired
	Chosen
	Title string // of the snapshot that is taken before
	Note  string // likewise; may be empty
}

// Chosen is what a team says of single practices when it moves.
type Chosen struct {
	Kept  []string // practices that are asked again, whose answer is to count as it is
	Again []string // practices that are reworded, and are to be asked again all the same
}

// Record is what an event of the kind EventMoved says: to which questionnaire, and what became of the practices. Before
// the move it holds the questionnaire alone.
type Record struct {
	Questionnaire assessment.Edition `json:"questionnaire"`
	SHA256        string             `json:"sha256"`             // of the questionnaire
	Snapshot      string             `json:"snapshot,omitempty"` // id
	Carried       int                `json:"carried,omitempty"`
	Reworded      int                `json:"reworded,omitempty"` // carried over to another text that means the same
	New           int                `json:"new,omitempty"`
	Again         []string           `json:"again,omitempty"` // ids of those that are unanswered now
	Kept          []string           `json:"kept,omitempty"`
	Returning     []string           `json:"returning,omitempty"`
	Orphaned      []string           `json:"orphaned,omitempty"`
}

// Record returns what the event of the move says, but for its questionnaire and snapshot.
func (o *Outcome) Record(chosen Chosen) Record {
	m := Record{}
	keeps, asks := make(map[string]bool, len(chosen.Kept)), make(map[string]bool, len(chosen.Again))
	for _, id := range chosen.Kept {
		keeps[id] = true
	}
	for _, id := range chosen.Again {
		asks[id] = true
	}
	for i := range o.Practices {
		id := o.Practices[i].ID
		switch o.Practices[i].Class {
		case Carried:
			m.Carried++
		case Reworded:
			if asks[id] {
				m.Again = append(m.Again, id)
			} else {
				m.Reworded++
			}
		case NewToAsk:
			m.New++
		case Returning:
			m.Returning = append(m.Returning, id)
		case Orphaned:
			m.Orphaned = append(m.Orphaned, id)
		case AskAgain:
			if keeps[id] {
				m.Kept = append(m.Kept, id)
			} else {
				m.Again = append(m.Again, id)
			}
		}
	}
	return m
}
