package audit

import (
	"cmp"
	"context"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// subjects finds what entries of the audit log are about, and reads each once.
type subjects struct {
	ctx         context.Context
	reader      access.Actor
	store       Store
	assessments map[string]*assessment.Current
	snapshots   map[string]string            // titles
	reports     map[string]map[string]string // titles by assessment
	people      map[string]string            // names
	teams       map[string]string
}

func (h *handlers) newSubjects(ctx context.Context, reader access.Actor) *subjects {
	return &subjects{ctx: ctx, reader: reader, store: h.store, assessments: map[string]*assessment.Current{}, snapshots: map[string]string{},
		reports: map[string]map[string]string{}, people: map[string]string{}, teams: map[string]string{}}
}

// once returns the value of an id, which is read on first use. What is gone is the zero value.
func once[V any](known map[string]V, id string, read func() (V, error)) (V, error) {
	if v, ok := known[id]; ok {
		return v, nil
	}
	v, err := read()
	if assessment.CodeOf(err) == assessment.NotFound {
		err = nil
	}
	if err == nil {
		known[id] = v
	}
	return v, err
}

func (s *subjects) assessment(id string) (*assessment.Current, error) {
	if id == "" {
		return nil, nil
	}
	return once(s.assessments, id, func() (*assessment.Current, error) {
		c, err := s.store.Current(s.ctx, id)
		if err == nil && !s.reader.May(access.ActRead, c.State.Workload.Team) {
			return nil, nil // it moved to a team whose names are not the reader's
		}
		return c, err
	})
}

func (s *subjects) person(id string) (string, error) {
	return once(s.people, id, func() (string, error) {
		user, err := s.store.User(s.ctx, id)
		return user.Name, err
	})
}

func (s *subjects) team(id string) (string, error) {
	return once(s.teams, id, func() (string, error) {
		team, err := s.store.Team(s.ctx, id)
		return team.Name, err
	})
}

// snapshot returns the title of a snapshot of an assessment, empty where there is none.
func (s *subjects) snapshot(of, id string) (string, error) {
	if c, err := s.assessment(of); err != nil || c == nil {
		return "", err
	}
	return once(s.snapshots, id, func() (string, error) {
		list, err := s.store.Snapshots(s.ctx, of)
		for _, info := range list {
			s.snapshots[info.ID] = info.Title
		}
		return s.snapshots[id], err
	})
}

// report returns the title of a report of an assessment, empty where there is none for the reader.
func (s *subjects) report(of, id string) (string, error) {
	if c, err := s.assessment(of); err != nil || c == nil {
		return "", err
	}
	titles, err := once(s.reports, of, func() (map[string]string, error) {
		list, err := s.store.Reports(s.ctx, of)
		titles := map[string]string{}
		for _, info := range access.Readable(s.reader, list) {
			titles[info.ID] = info.Title
		}
		return titles, err
	})
	return titles[id], err
}

// subject names what an entry is about, with the address of its page where it has one.
func (s *subjects) subject(e access.AuditEntry) (templates.Link, error) {
	switch e.SubjectKind {
	case "practice", "tradeoff", "assessment", "workload":
		c, err := s.assessment(e.Assessment)
		if err != nil || c == nil {
			return templates.Link{Title: e.Subject}, err
		}
		return subjectIn(c, e), nil
	case "snapshot":
		title, err := s.snapshot(e.Assessment, e.Subject)
		return linkTo(title, e.Subject, templates.SnapshotURL(e.Subject)), err
	case "report":
		title, err := s.report(e.Assessment, e.Subject)
		return linkTo(title, e.Subject, templates.ShowReportURL(e.Subject)), err
	case "share":
		report := strings.TrimPrefix(e.Detail, "report ")
		title, err := s.report(e.Assessment, report)
		return linkTo(title, report, templates.ShareURL(report)), err
	case "team":
		name, err := s.team(e.Subject)
		return linkTo(name, e.Subject, templates.TeamURL(e.Subject)), err
	case "account":
		if e.Action == access.AuditSignIn || e.Action == access.AuditSignOut {
			return templates.Link{}, nil
		}
		if e.Subject == "" {
			return templates.Link{Title: "the first account"}, nil
		}
		name, err := s.person(e.Subject)
		return templates.Link{Title: cmp.Or(name, e.Subject)}, err
	case "":
		if e.Action == access.AuditRefused || e.Action == access.AuditLimited || e.Action == access.AuditDownloaded {
			return templates.Link{Title: e.Detail}, nil
		}
	case "others":
		return templates.Link{Title: "many things, by many people or addresses"}, nil
	case "audit":
		return templates.Link{Title: "the audit log"}, nil
	case "unknown_identity":
		return templates.Link{Title: "an unknown person"}, nil
	case "unknown_address":
		return templates.Link{Title: "a person without an account"}, nil
	}
	return templates.Link{Title: cmp.Or(e.Detail, e.Subject)}, nil
}

// linkTo links to a subject that still exists; of others only the id is left.
func linkTo(title, id, address string) templates.Link {
	if title == "" {
		return templates.Link{Title: id}
	}
	return templates.Link{Title: title, URL: address}
}

// subjectIn names a part of an assessment.
func subjectIn(c *assessment.Current, e access.AuditEntry) templates.Link {
	id := c.State.ID
	switch e.SubjectKind {
	case "practice":
		if place, ok := c.Model.Place(e.Subject); ok {
			return templates.Link{Title: place.Practice.Title, URL: templates.PracticeURL(id, place.Principle.ID, e.Subject)}
		}
		if earlier := c.State.Earlier.Of(e.Subject); len(earlier) > 0 {
			return templates.Link{Title: earlier[0].Wording.Title}
		}
		return templates.Link{Title: e.Subject}
	case "tradeoff":
		if tradeoff, ok := c.Model.Tradeoff(e.Subject); ok {
			return templates.Link{Title: tradeoff.Title, URL: templates.TradeoffURL(id, e.Subject)}
		}
		return templates.Link{Title: e.Subject}
	}
	return templates.Link{Title: c.State.Workload.Name, URL: templates.AssessmentURL(id)}
}

// about is what else an entry says: in which workload, in the log of the whole installation in which team, and the
// detail where the subject does not say it.
func (s *subjects) about(e access.AuditEntry, whole bool) ([]string, error) {
	list := []string{}
	c, err := s.assessment(e.Assessment)
	if err != nil {
		return nil, err
	}
	if c != nil && e.SubjectKind != "assessment" && e.SubjectKind != "workload" {
		list = append(list, c.State.Workload.Name)
	}
	if whole && e.Team != "" && e.SubjectKind != "team" {
		name, err := s.team(e.Team)
		if err != nil {
			return nil, err
		}
		list = append(list, cmp.Or(name, e.Team))
	}
	if detail := detailText(e); detail != "" {
		list = append(list, detail)
	}
	if e.Times > 1 {
		list = append(list, words.Plural(e.Times, "time", "times")+" within a minute")
	}
	return list, nil
}

// detailText puts the detail of an entry into words, empty where the subject says it already.
func detailText(e access.AuditEntry) string {
	switch e.Action {
	case assessment.EventAnswer:
		if was, is, rest, ok := assessment.StatusesIn(e.Detail); ok {
			shift := words.Status(was) + " → " + words.Status(is)
			if rest == "" {
				return shift
			}
			return shift + ", " + rest
		}
	case access.AuditSessionsEnded:
		if n, ok := countOf(e.Detail); ok {
			return words.Plural(n, "session", "sessions")
		}
	case access.AuditRefused, access.AuditLimited, access.AuditDownloaded:
		if e.SubjectKind == "" {
			return ""
		}
	case access.AuditRemoved:
		if removed, err := access.RemovalIn(e); err == nil {
			before, _, _ := strings.Cut(removed.Before, "T")
			return words.Plural(int(removed.Entries), "entry", "entries") + " before " + words.Date(assessment.Date(before))
		}
	case access.AuditLink:
		if e.Detail != access.LinkReset {
			return ""
		}
		return "to choose a new password"
	case access.AuditPassword:
		if e.Detail == "link" {
			return "by a one-time link"
		}
	case access.AuditTeamCreated, access.AuditShareCreated, access.AuditShareRevoked, access.AuditShareUsed,
		access.AuditInvited, access.AuditInvitationUsed, access.AuditInvitationRevoked,
		access.AuditTokenCreated, access.AuditTokenRevoked, access.AuditQuestionnaireStored,
		access.AuditQuestionnaireOn, access.AuditQuestionnaireOff, access.AuditQuestionnaireGone,
		access.AuditImported, access.AuditImportDropped:
		return ""
	}
	return e.Detail
}
