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
}
