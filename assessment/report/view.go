package report

import (
	"plumbline/assessment"
	"plumbline/assessment/story"
)

// view is the story of a snapshot with the SHA-256 (hex) of its document.
type view struct {
	Hash string
	*story.Snapshot
	bands []assessment.Band
}

func newView(s Named) *view {
	return &view{Hash: s.Hash, Snapshot: story.Of(s.Snapshot), bands: s.Questionnaire.Bands}
}
