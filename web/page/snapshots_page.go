package page

// DocumentName is the name of the file that a snapshot's document is kept in.
func DocumentName(f *SnapshotFile) string { return "plumbline-snapshot-" + f.SHA256[:12] + ".json" }
