package page

import (
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// named is what the address of a request names, read while it was checked who may use it.
type named struct {
	Current  *assessment.Current
	Workload *assessment.Workload
	Snapshot *SnapshotFile
	Report   assessment.ReportInfo
	Team     access.Team
}

// Assessment returns the id of the assessment that the address leads to, empty for none.
func (n named) Assessment() string {
	switch {
	case n.Current != nil:
		return n.Current.State.ID
	case n.Snapshot != nil:
		return n.Snapshot.Current.State.ID
	}
	return n.Report.Assessment
}

// find reads what the address names and returns the workload that it is about; of a team, one that has nothing but the
// team.
func (s reader) find(r *http.Request, v *Visitor) (assessment.Workload, error) {
	ctx, n := r.Context(), &v.Named
	var err error
	if id := chi.URLParam(r, "team"); id != "" {
		n.Team, err = s.store.Team(ctx, id)
		return assessment.Workload{Team: id}, err
	}
	if id := chi.URLParam(r, "assessment"); id != "" {
		n.Current, err = s.store.Current(ctx, id)
		return workloadBehind(n.Current, err)
	}
	if id := chi.URLParam(r, "workload"); id != "" {
		workload, err := s.store.Workload(ctx, id)
		n.Workload = &workload
		return workload, err
	}
	if id := chi.URLParam(r, "snapshot"); id != "" {
		if n.Snapshot, err = s.StoredSnapshot(ctx, id); err != nil {
			return assessment.Workload{}, err
		}
		return n.Snapshot.Current.State.Workload, nil
	}
	if n.Report, err = s.store.Report(ctx, chi.URLParam(r, "report")); err != nil {
		return assessment.Workload{}, err
	}
	if !v.Actor.Reads(n.Report) {
		return assessment.Workload{}, access.Foreign("This report does not exist")
	}
	return workloadBehind(s.store.Current(ctx, n.Report.Assessment))
}

func workloadBehind(c *assessment.Current, err error) (assessment.Workload, error) {
	if err != nil {
		return assessment.Workload{}, err
	}
	return c.State.Workload, nil
}

// CurrentOf returns the assessment that the address names, as it was read at the door.
func CurrentOf(r *http.Request) *assessment.Current { return VisitorOf(r).Named.Current }

// CurrentNow returns the assessment that the address names as it is stored now: where somebody else was faster.
func (s reader) CurrentNow(r *http.Request) (*assessment.Current, error) {
	return s.store.Current(r.Context(), chi.URLParam(r, "assessment"))
}

// WorkloadOf returns the workload that the address names, as it was read at the door.
func WorkloadOf(r *http.Request) assessment.Workload { return *VisitorOf(r).Named.Workload }

// WorkloadNow returns the workload that the address names as it is stored now.
func (s reader) WorkloadNow(r *http.Request) (assessment.Workload, error) {
	return s.store.Workload(r.Context(), chi.URLParam(r, "workload"))
}

// SnapshotOf returns the snapshot that the address names.
func SnapshotOf(r *http.Request) *SnapshotFile { return VisitorOf(r).Named.Snapshot }

// ReportOf returns the report that the address names.
func ReportOf(r *http.Request) assessment.ReportInfo { return VisitorOf(r).Named.Report }

// TeamOf returns the team that the address names.
func TeamOf(r *http.Request) access.Team { return VisitorOf(r).Named.Team }
