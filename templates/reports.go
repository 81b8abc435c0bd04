package templates

// SnapshotOption is a snapshot to choose.
type SnapshotOption struct {
	ID       string
	Label    string
	Selected bool
}
