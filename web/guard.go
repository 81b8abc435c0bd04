package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
)

// access says who may use a route.
type access struct {
	token     bool              // by an API token, and never by a session
	faceless  bool              // it is the same for everybody: nobody asks who it is
	anonymous bool              // without an account
	somewhere bool              // the action must be allowed in some team, whichever: the address names none
	action    assessment.Action // what must be allowed in the team of what the address names; empty for any account
}

var (
	faceless = access{faceless: true, anonymous: true}
	public   = access{anonymous: true}
	signedIn = access{} // everybody with an account: what is shown is their own
)

// may is open to those who may do the action in the team that the address leads to.
func may(action assessment.Action) access { return access{action: action} }

// maySomewhere is open to those who may do the action in one of their teams.
func maySomewhere(action assessment.Action) access { return access{action: action, somewhere: true} }

// byToken is the same for programs.
func (a access) byToken() access {
	a.token = true
	return a
}

// guarded lets a request through to its handler where the policy allows it. This is the one place that asks about what
// the address names; a second thing that a form or a query names (the team of a new workload or of a questionnaire that
// is offered, the other side of a comparison) is checked where it is read.
func (s *Server) guarded(one route) http.Handler {
	if one.access.faceless {
		return s.handle(one.handler)
	}
	recognised := s.recognised
	if one.access.token {
		recognised = s.recognisedByToken
	}
	return recognised(s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if err := s.admit(r, one.access); err != nil {
			return err
		}
		if one.method != http.MethodGet {
			defer s.rooms.look(chi.URLParam(r, "assessment"))
		}
		return one.handler(w, r)
	}))
}

func (s *Server) admit(r *http.Request, a access) error {
	if a.anonymous {
		return nil
	}
	v := visitorOf(r)
	if v == nil {
		return assessment.Errorf(assessment.Unauthenticated, "Sign in first")
	}
	if a.action == "" {
		return nil
	}
	if a.action == assessment.ActAdminister {
		return assessment.Allow(v.Actor, a.action, "")
	}
	if a.somewhere {
		return assessment.AllowSomewhere(v.Actor, a.action)
	}
	workload, err := s.find(r, v)
	if err != nil {
		return err
	}
	return assessment.AllowOn(v.Actor, a.action, workload)
}

// named is what the address of a request names, read while it was checked who may use it.
type named struct {
	current  *assessment.Current
	workload *assessment.Workload
	snapshot *snapshotFile
	report   *storedReport
	team     assessment.Team
}

// storedReport is a report as it was drawn.
type storedReport struct {
	assessment.ReportInfo
	document []byte
}

// find reads what the address names and returns the workload that it is about; of a team, one that has nothing but the
// team.
func (s *Server) find(r *http.Request, v *visitor) (assessment.Workload, error) {
	ctx, n := r.Context(), &v.named
	var err error
	if id := chi.URLParam(r, "team"); id != "" {
		n.team, err = s.Store.Team(ctx, id)
		return assessment.Workload{Team: id}, err
	}
	if id := chi.URLParam(r, "assessment"); id != "" {
		n.current, err = s.Store.Current(ctx, id)
		return workloadBehind(n.current, err)
	}
	if id := chi.URLParam(r, "workload"); id != "" {
		workload, err := s.Store.Workload(ctx, id)
		n.workload = &workload
		return workload, err
	}
	if id := chi.URLParam(r, "snapshot"); id != "" {
		if n.snapshot, err = s.storedSnapshot(ctx, id); err != nil {
			return assessment.Workload{}, err
		}
		return n.snapshot.current.State.Workload, nil
	}
	info, document, err := s.Store.Report(ctx, chi.URLParam(r, "report"))
	if err != nil {
		return assessment.Workload{}, err
	}
	n.report = &storedReport{info, document}
	return workloadBehind(s.Store.Current(ctx, info.Assessment))
}

func workloadBehind(c *assessment.Current, err error) (assessment.Workload, error) {
	if err != nil {
		return assessment.Workload{}, err
	}
	return c.State.Workload, nil
}

// currentOf returns the assessment that the address names, as it was read at the door.
func currentOf(r *http.Request) *assessment.Current { return visitorOf(r).named.current }

// currentNow returns the assessment that the address names as it is stored now: where somebody else was faster.
func (s *Server) currentNow(r *http.Request) (*assessment.Current, error) {
	return s.Store.Current(r.Context(), chi.URLParam(r, "assessment"))
}

// workloadOf returns the workload that the address names, as it was read at the door.
func workloadOf(r *http.Request) assessment.Workload { return *visitorOf(r).named.workload }

// workloadNow returns the workload that the address names as it is stored now.
func (s *Server) workloadNow(r *http.Request) (assessment.Workload, error) {
	return s.Store.Workload(r.Context(), chi.URLParam(r, "workload"))
}

// snapshotOf returns the snapshot that the address names.
func snapshotOf(r *http.Request) *snapshotFile { return visitorOf(r).named.snapshot }

// reportOf returns the report that the address names.
func reportOf(r *http.Request) *storedReport { return visitorOf(r).named.report }

// teamOf returns the team that the address names.
func teamOf(r *http.Request) assessment.Team { return visitorOf(r).named.team }

// allow returns an error unless the visitor may do the action on a workload.
func allow(r *http.Request, action assessment.Action, w assessment.Workload) error {
	return assessment.AllowOn(actorOf(r), action, w)
}
