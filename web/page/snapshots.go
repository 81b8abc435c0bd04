package page

import (
	"context"

	"plumbline/assessment"
)

// NewestSequence returns the number of the first of the list, which is sorted with the newest first; 0 for none.
func NewestSequence(list []assessment.SnapshotInfo) int {
	if len(list) == 0 {
		return 0
	}
	return list[0].Sequence
}

// SnapshotFile is a stored snapshot as it was read.
type SnapshotFile struct {
	assessment.SnapshotInfo
	Document []byte
	Current  *assessment.Current // the assessment that it belongs to, as it is now
}

// StoredSnapshot returns a snapshot by its id, NotFound where there is none for this person.
func (k *Kit) StoredSnapshot(ctx context.Context, id string) (*SnapshotFile, error) {
	info, document, err := k.Store.Snapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := k.Store.Current(ctx, info.Assessment)
	if err != nil {
		return nil, err
	}
	return &SnapshotFile{info, document, c}, nil
}

// Verified returns the snapshot with what recomputing it found. A document that cannot be read is a fault of ours.
func (f *SnapshotFile) Verified() (assessment.Verification, error) {
	v, err := assessment.VerifySnapshot(f.Document)
	if err != nil {
		return v, assessment.Wrap(assessment.Internal, err, "The stored snapshot cannot be read")
	}
	if v.Hash != f.SHA256 {
		v.Differences = append(v.Differences, "the document has the SHA-256 "+v.Hash+", stored is "+f.SHA256)
	}
	return v, nil
}
