package assessment

import "time"

// SnapshotInfo describes a stored snapshot without its document.
type SnapshotInfo struct {
	ID         string
	Assessment string
	Sequence   int // 1 for the first of its assessment
	Title      string
	Note       string
	TakenAt    time.Time
	TakenBy    string // name
	SHA256     string // of the canonical document, hex
	Previous   string // SHA256 of the one before; empty for the first
	Size       int64  // bytes of the document
	Overall    Score
	Pillars    []PillarSummary

	Questionnaire string // SHA256 of the one that it is of
}

// Approval is a lead's word that a snapshot holds.
type Approval struct {
	Snapshot string // id
	Account  string // id of the lead
	Person   string // name at that time
	At       time.Time
	Note     string
}

// SnapshotConflict says that somebody took a snapshot after the person had looked.
type SnapshotConflict struct {
	Newest SnapshotInfo // the zero value if there is none, and what was seen never was
}

// Error says what was taken.
func (c *SnapshotConflict) Error() string {
	return "someone else created a snapshot: " + c.Newest.Title
}

// Unwrap returns an Error with code Conflict.
func (c *SnapshotConflict) Unwrap() error {
	return &Error{Code: Conflict, Message: c.Error()}
}

// TeamSnapshot is a stored snapshot with what tells it apart from those of the team's other workloads.
type TeamSnapshot struct {
	SnapshotInfo
	Workload      Workload
	Questionnaire QuestionnaireRef
	Approved      bool
}

// CheckSnapshotTexts returns the title and the note of a new snapshot as they are stored, or Errors on title and note.
func CheckSnapshotTexts(title, note string) (string, string, error) {
	var c FieldErrors
	if title = c.text("title", "Title", title, MaxShort, false); title == "" {
		c.Add(InvalidField("title", "Enter a title"))
	}
	note = c.text("note", "Note", note, MaxText, true)
	return title, note, c.Err()
}
