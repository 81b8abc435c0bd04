package page

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
)

// OtherSnapshot returns a snapshot to compare with an assessment. One of another workload must be of the same team, and
// the person one who may compare across workloads.
func (k *Kit) OtherSnapshot(ctx context.Context, actor access.Actor, id string, c *assessment.Current) (*SnapshotFile, error) {
	file, err := k.StoredSnapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	mine, other := c.State.Workload, file.Current.State.Workload
	if mine.Team != other.Team {
		return nil, assessment.Errorf(assessment.NotFound, "There is no such snapshot")
	}
	if mine.ID != other.ID {
		return file, access.Allow(actor, access.ActCompareAcross, mine.Team)
	}
	return file, nil
}

// Named returns the snapshot as the report knows it.
func (f *SnapshotFile) Named() (report.Named, error) {
	snapshot, err := assessment.ReadSnapshot(f.Document)
	if err != nil {
		return report.Named{}, assessment.Wrap(assessment.Internal, err, "The stored snapshot cannot be read")
	}
	return report.Named{Hash: f.SHA256, Snapshot: snapshot}, nil
}
