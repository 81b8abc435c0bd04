package access

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
)

// kinds returns every kind of actor there is, seen from the team "ours".
func kinds() map[string]Actor {
	user := User{ID: "ada"}
	in := func(team string, role Role) Actor {
		return Actor{User: user, Memberships: []Membership{{Team: Team{ID: team}, Role: role}}}
	}
	with := func(a Actor, scope TokenScope) Actor {
		a.Scope = scope
		return a
	}
	admin := Actor{User: User{ID: "ada", Admin: true}}
	barred := admin
	barred.User.DisabledAt = time.Unix(1, 0)
	return map[string]Actor{
		"anonymous":        {},
		"anonymous member": {Memberships: in("ours", Lead).Memberships},
		"disabled admin":   barred,
		"no team":          {User: user},
		"other's lead":     in("theirs", Lead),
		"unknown role":     in("ours", "owner"),
		"viewer":           in("ours", Viewer),
		"architect":        in("ours", Architect),
		"lead":             in("ours", Lead),
		"admin":            admin,
		"reading lead":     with(in("ours", Lead), ScopeRead),
		"writing lead":     with(in("ours", Lead), ScopeWrite),
		"reading admin":    with(admin, ScopeRead),
		"writing admin":    with(admin, ScopeWrite),
		"unknown token":    with(in("ours", Lead), "anything"),
	}
}

func TestPolicy(t *testing.T) {
	const (
		ok   = ""
		no   = assessment.Forbidden
		none = assessment.NotFound
	)
	tests := []struct {
		action                         Action
		viewer, architect, lead, admin assessment.Code
		reading                        assessment.Code // of a lead's token that may only read
	}{
		{ActRead, ok, ok, ok, ok, ok},
		{ActAnswer, no, ok, ok, ok, no},
		{ActDecide, no, ok, ok, ok, no},
		{ActPlan, no, ok, ok, ok, no},
		{ActSnapshot, no, ok, ok, ok, no},
		{ActReport, no, ok, ok, ok, no},
		{ActWorkload, no, ok, ok, ok, no},
		{ActPriorities, no, ok, ok, ok, no},
		{ActScope, no, ok, ok, ok, no},
		{ActMove, no, ok, ok, ok, no},
		{ActShare, no, ok, ok, ok, no},
		{ActCompareAcross, no, no, ok, ok, ok},
		{ActApprove, no, no, ok, ok, no},
		{ActTransfer, no, no, ok, ok, no},
		{ActMembers, no, no, ok, ok, no},
		{ActLibrary, no, no, ok, ok, no},
		{ActAudit, no, no, ok, ok, ok},
		{ActAdminister, no, no, no, ok, no},
		{"anything else", no, no, no, no, no},
	}
	listed := []Action{}
	for _, tt := range tests {
		listed = append(listed, tt.action)
		outside, readingAdmin := none, tt.reading
		if tt.viewer == no && tt.lead == no { // no matter of teams
			outside, readingAdmin = no, no
		}
		want := map[string]assessment.Code{
			"anonymous": assessment.Unauthenticated, "anonymous member": assessment.Unauthenticated,
			"disabled admin": assessment.Unauthenticated, "no team": outside, "other's lead": outside,
			"unknown role": outside, "viewer": tt.viewer, "architect": tt.architect, "lead": tt.lead, "admin": tt.admin,
			"reading lead": tt.reading, "writing lead": tt.lead, "reading admin": readingAdmin, "writing admin": tt.admin,
			"unknown token": tt.reading,
		}
		for name, actor := range kinds() {
			err := Allow(actor, tt.action, "ours")
			if got := assessment.CodeOf(err); got != want[name] {
				t.Errorf("%s, %s: got %q (%v), want %q", tt.action, name, got, err, want[name])
			}
			if actor.May(tt.action, "ours") != (err == nil) {
				t.Errorf("%s, %s: May says otherwise", tt.action, name)
			}
		}
	}
	got := []Action{}
	for _, r := range rules() {
		got = append(got, r.action)
	}
	if got := append(got, "anything else"); !slices.Equal(got, listed) {
		t.Errorf("the table lists %v, the policy %v", listed, got)
	}
}

func TestPolicySaysWhoMay(t *testing.T) {
	tests := []struct {
		kind   string
		action Action
		want   string
	}{
		{"architect", ActApprove, "Only a lead of this team can approve snapshots"},
		{"viewer", ActAnswer, "Only an architect or a lead of this team can answer practices"},
		{"lead", ActAdminister, "Only an administrator can manage this installation"},
		{"reading lead", ActAnswer, "This token is read-only"},
		{"anonymous", ActRead, "Sign in first"},
	}
	for _, tt := range tests {
		if err := Allow(kinds()[tt.kind], tt.action, "ours"); err == nil || err.Error() != tt.want {
			t.Errorf("%s, %s: got %v, want %q", tt.kind, tt.action, err, tt.want)
		}
	}
	err := Allow(kinds()["other's lead"], ActRead, "ours")
	if err == nil || strings.Contains(err.Error(), "ours") {
		t.Errorf("got %v, want a refusal that does not name the team", err)
	}
}

func TestRole(t *testing.T) {
	for kind, want := range map[string]Role{
		"anonymous": "", "anonymous member": "", "disabled admin": "", "no team": "", "other's lead": "",
		"viewer": Viewer, "architect": Architect, "lead": Lead, "admin": Lead,
	} {
		if got := kinds()[kind].Role("ours"); got != want {
			t.Errorf("%s: got %q, want %q", kind, got, want)
		}
	}
}

func TestScopeOfTeams(t *testing.T) {
	mixed := Actor{User: User{ID: "ada"}, Memberships: []Membership{
		{Team: Team{ID: "a"}, Role: Viewer},
		{Team: Team{ID: "b"}, Role: Architect},
		{Team: Team{ID: "c"}, Role: Lead},
	}}
	tests := []struct {
		name   string
		actor  Actor
		action Action
		want   TeamScope
	}{
		{"reads everywhere", mixed, ActRead, TeamScope{Teams: []string{"a", "b", "c"}}},
		{"answers", mixed, ActAnswer, TeamScope{Teams: []string{"b", "c"}}},
		{"leads one", mixed, ActAudit, TeamScope{Teams: []string{"c"}}},
		{"administers none", mixed, ActAdminister, TeamScope{Teams: []string{}}},
		{"nobody", Actor{Memberships: mixed.Memberships}, ActRead, TeamScope{Teams: []string{}}},
		{"admin", kinds()["admin"], ActAudit, TeamScope{All: true}},
		{"reading admin reads", kinds()["reading admin"], ActRead, TeamScope{All: true}},
		{"reading admin writes", kinds()["reading admin"], ActAnswer, TeamScope{Teams: []string{}}},
		{"disabled admin", kinds()["disabled admin"], ActRead, TeamScope{Teams: []string{}}},
	}
	for _, tt := range tests {
		got := tt.actor.Teams(tt.action)
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
		if got.Has("c") != tt.want.All && got.Has("c") != slices.Contains(tt.want.Teams, "c") {
			t.Errorf("%s: Has disagrees", tt.name)
		}
		if got.Empty() != (!tt.want.All && len(tt.want.Teams) == 0) {
			t.Errorf("%s: Empty disagrees", tt.name)
		}
	}
}

func TestArchivedWorkloadsRest(t *testing.T) {
	lead := Actor{User: User{ID: "u"}, Memberships: []Membership{{Team: Team{ID: "t"}, Role: Lead}}}
	archived := assessment.Workload{Team: "t", ArchivedAt: time.Unix(1, 0)}
	want := map[Action]assessment.Code{ActAnswer: assessment.Conflict, ActDecide: assessment.Conflict, ActPlan: assessment.Conflict, ActSnapshot: assessment.Conflict, ActPriorities: assessment.Conflict, ActScope: assessment.Conflict, ActMove: assessment.Conflict,
		ActRead: "", ActReport: "", ActWorkload: "", ActShare: "", ActApprove: ""}
	for action, code := range want {
		if got := assessment.CodeOf(AllowOn(lead, action, archived)); got != code {
			t.Errorf("%s of an archived workload: %q, want %q", action, got, code)
		}
		if err := AllowOn(lead, action, assessment.Workload{Team: "t"}); err != nil {
			t.Errorf("%s of one in use: %v", action, err)
		}
	}
	if got := assessment.CodeOf(AllowOn(lead, ActAnswer, assessment.Workload{Team: "other", ArchivedAt: time.Unix(1, 0)})); got != assessment.NotFound {
		t.Errorf("another team's archived workload: %q, want %q", got, assessment.NotFound)
	}
}

func TestAllowSomewhere(t *testing.T) {
	mixed := Actor{User: User{ID: "ada"}, Memberships: []Membership{{Team: Team{ID: "a"}, Role: Lead}, {Team: Team{ID: "b"}, Role: Viewer}}}
	tests := []struct {
		name  string
		actor Actor
		want  assessment.Code
	}{
		{"lead of one", mixed, ""},
		{"viewer", kinds()["viewer"], assessment.Forbidden},
		{"architect", kinds()["architect"], assessment.Forbidden},
		{"in no team", kinds()["no team"], assessment.Forbidden},
		{"nobody", Actor{}, assessment.Unauthenticated},
		{"admin in no team", kinds()["admin"], ""},
		{"reading lead", kinds()["reading lead"], assessment.Forbidden},
	}
	for _, tt := range tests {
		if got := assessment.CodeOf(AllowSomewhere(tt.actor, ActLibrary)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
