package templates

// SnapshotFact is one thing to know about a snapshot.
type SnapshotFact struct {
	Name  string
	Value string
	URL   string // http or https; empty for plain text
}
