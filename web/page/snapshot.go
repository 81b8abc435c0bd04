package page

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// SnapshotFile is a stored snapshot, whose document is read where it is needed.
type SnapshotFile struct {
	assessment.SnapshotInfo
	Current *assessment.Current // the assessment that it belongs to, as it is now
	store   Store
}

// StoredSnapshot returns a snapshot by its id, NotFound where there is none for this person.
func (s reader) StoredSnapshot(ctx context.Context, id string) (*SnapshotFile, error) {
	info, err := s.store.SnapshotInfo(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := s.store.Current(ctx, info.Assessment)
	if err != nil {
		return nil, err
	}
	return &SnapshotFile{info, c, s.store}, nil
}

// OtherSnapshot returns a snapshot to compare with an assessment. One of another workload must be of the same team, and
// the person one who may compare across workloads.
func (s reader) OtherSnapshot(ctx context.Context, actor access.Actor, id string, c *assessment.Current) (*SnapshotFile, error) {
	file, err := s.StoredSnapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	mine, other := c.State.Workload, file.Current.State.Workload
	if mine.Team != other.Team {
		return nil, assessment.Errorf(assessment.NotFound, "This snapshot does not exist")
	}
	if mine.ID != other.ID {
		return file, access.Allow(actor, access.ActCompareAcross, mine.Team)
	}
	return file, nil
}

// Document returns the canonical document, which is read in pieces while ctx lasts.
func (f *SnapshotFile) Document(ctx context.Context) io.ReadSeeker {
	return f.store.SnapshotDocument(ctx, f.SnapshotInfo)
}

// Read returns the snapshot. A document that cannot be read is a fault of ours.
func (f *SnapshotFile) Read(ctx context.Context) (*assessment.Snapshot, error) {
	_, document, err := f.store.Snapshot(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	snapshot, err := assessment.ReadSnapshot(document)
	if err != nil {
		return nil, unreadable(err)
	}
	return snapshot, nil
}

func unreadable(err error) error {
	return assessment.Wrap(assessment.Internal, err, "The stored snapshot cannot be read")
}

// Verified returns what recomputing the snapshot found. A document that cannot be read is a fault of ours.
func (f *SnapshotFile) Verified(ctx context.Context) (assessment.Verification, error) {
	_, document, err := f.store.Snapshot(ctx, f.ID)
	if err != nil {
		return assessment.Verification{}, err
	}
	v, err := assessment.VerifySnapshot(document)
	if err != nil {
		return v, unreadable(err)
	}
	if v.Hash != f.SHA256 {
		v.Differences = append(v.Differences, "the document has the SHA-256 "+v.Hash+", stored is "+f.SHA256)
	}
	return v, nil
}

// DocumentName is the name of the file that a snapshot's document is kept in.
func DocumentName(f *SnapshotFile) string { return "plumbline-snapshot-" + f.SHA256[:12] + ".json" }

// NewestSequence returns the number of the first of the list, which is sorted with the newest first; 0 for none.
func NewestSequence(list []assessment.SnapshotInfo) int {
	if len(list) == 0 {
		return 0
	}
	return list[0].Sequence
}

// ChainOf says whether each snapshot names the hash of the one before; the list has the newest first. Empty for fewer
// than two.
func ChainOf(list []assessment.SnapshotInfo) (says string, broken bool) {
	if len(list) < 2 {
		return "", false
	}
	for i := range list[:len(list)-1] {
		later, earlier := &list[i], &list[i+1]
		if later.Previous != earlier.SHA256 || later.Sequence != earlier.Sequence+1 {
			return fmt.Sprintf("Integrity check failed: “%s” does not match the hash of “%s”. One of them was changed or removed outside Plumbline.",
				later.Title, earlier.Title), true
		}
	}
	if last := &list[len(list)-1]; last.Previous != "" || last.Sequence != 1 {
		return fmt.Sprintf("Integrity check failed: “%s” is not the first snapshot, and the previous one is missing.", last.Title), true
	}
	return "Integrity verified", false
}

// SnapshotOptions are the snapshots of a list to choose from, with the selected one; approvals are by snapshot.
func (k *Kit) SnapshotOptions(r *http.Request, list []assessment.SnapshotInfo, approvals map[string]assessment.Approval, selected string) []templates.Option {
	options := make([]templates.Option, len(list))
	for i, info := range list {
		options[i] = templates.Option{Value: info.ID, Chosen: info.ID == selected,
			Title: words.Cut(info.Title, 60) + ", " + words.Day(info.TakenAt.In(k.Zone(r)))}
		if _, ok := approvals[info.ID]; ok {
			options[i].Title = ApprovedLabel(options[i].Title)
		}
	}
	return options
}
