package templates

// SnapshotFact is one thing to know about a snapshot.
type SnapshotFact struct {
	Name  string
	Value string
	URL   string // http or https; empty for plain text
}

// ShortHash is the beginning of a SHA-256, in groups that an eye can compare.
func ShortHash(hash string) string {
	if len(hash) < 12 {
		return hash
	}
	return hash[:4] + " " + hash[4:8] + " " + hash[8:12]
}
