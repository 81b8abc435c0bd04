package storage

import (
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestChangeMember(t *testing.T) {
	const viewer, architect, lead = access.Viewer, access.Architect, access.Lead
	for name, tt := range map[string]struct {
		admin, otherLead, disabled bool
		now, seen, role            access.Role
		want                       assessment.Code
		field                      string
		after                      access.Role
	}{
		"up":                         {now: viewer, seen: viewer, role: architect, after: architect},
		"out":                        {now: viewer, seen: viewer, after: ""},
		"again":                      {now: architect, seen: viewer, role: architect, after: architect},
		"stale":                      {now: architect, seen: viewer, role: lead, want: assessment.Conflict, after: architect},
		"no member":                  {seen: viewer, role: lead, want: assessment.NotFound},
		"no such role":               {now: viewer, seen: viewer, role: "owner", want: assessment.Invalid, field: "role", after: viewer},
		"last lead":                  {now: lead, seen: lead, role: viewer, want: assessment.Conflict, after: lead},
		"last lead leaves":           {now: lead, seen: lead, want: assessment.Conflict, after: lead},
		"last lead, by an admin":     {admin: true, now: lead, seen: lead, after: ""},
		"one of two leads":           {otherLead: true, now: lead, seen: lead, role: viewer, after: viewer},
		"the other lead is disabled": {otherLead: true, disabled: true, now: lead, seen: lead, role: viewer, want: assessment.Conflict, after: lead},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			ctx := t.Context()
			member := b.join(t, "grace@example.org", tt.now)
			if tt.otherLead {
				other := b.join(t, "other@example.org", lead)
				check(t, b.SetUserDisabled(ctx, access.Actor{}, other.User.ID, tt.disabled))
			}
			actor := b.actor
			actor.User.Admin = tt.admin
			err := b.ChangeMember(ctx, actor, b.team.ID, member.User.ID, tt.seen, tt.role)
			wantCode(t, err, tt.want)
			if tt.field != "" {
				wantField(t, err, tt.want, tt.field)
			}
			got := access.Role("")
			for _, m := range must(b.Memberships(ctx, member.User.ID))(t) {
				got = m.Role
			}
			if got != tt.after {
				t.Errorf("the role is %q now, want %q", got, tt.after)
			}
		})
	}
}
