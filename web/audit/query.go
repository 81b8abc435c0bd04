package audit

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/audit"
	"plumbline/web/page"
)

// readLog reads what an address asks of the log of a team, or of the whole installation.
func (h *handlers) readLog(r *http.Request, team access.Team) auditLog {
	values := r.URL.Query()
	get := func(name string) string {
		return page.Shortened(strings.TrimSpace(values.Get(name)), assessment.MaxShort)
	}
	l := auditLog{team: team, query: view.AuditQuery{Path: templates.AuditURL, Kind: get(view.ParamKind), Person: get(view.ParamPerson),
		Workload: get(view.ParamWorkload), Subject: get(view.ParamSubject), From: get(view.ParamFrom), To: get(view.ParamTo)}}
	l.filter = access.AuditFilter{Account: l.query.Person, Assessment: l.query.Workload, Subject: l.query.Subject}
	if l.whole() {
		l.query.Team = get(templates.ParamTeam)
	} else {
		l.query.Path = templates.TeamAuditURL(team.ID)
	}
	l.filter.Teams = l.scope()
	if l.query.Team != "" {
		l.filter.Teams = access.TeamScope{Teams: []string{l.query.Team}}
	}
	if l.query.Kind != "" {
		if l.filter.Actions = words.ActionsOf(l.query.Kind); l.filter.Actions == nil {
			l.refuse(view.ParamKind, "Choose a kind of entry from the list")
		}
	}
	l.readPeriod(h.Zone(r))
	l.query.Before, l.query.After = sequenceIn(get(view.ParamBefore)), sequenceIn(get(view.ParamAfter))
	l.filter.Before, l.filter.After = l.query.Before, l.query.After
	return l
}

func (l *auditLog) refuse(field, message string) {
	l.errors = append(l.errors, templates.FieldError{Field: field, Message: message})
}

// readPeriod turns the first and the last day into moments, by the calendar of a time zone.
func (l *auditLog) readPeriod(zone *time.Location) {
	from, err := assessment.ParseDate(l.query.From)
	if err != nil {
		l.refuse(view.ParamFrom, "Enter a From date such as 2026-11-23")
	}
	to, err := assessment.ParseDate(l.query.To)
	if err != nil {
		l.refuse(view.ParamTo, "Enter a To date such as 2026-11-23")
	}
	if len(l.errors) == 0 && from != "" && to != "" && to.Before(from) {
		l.refuse(view.ParamTo, "Enter a To date that is not before the From date")
	}
	if from != "" {
		l.filter.From = midnight(from, 0, zone)
	}
	if to != "" {
		l.filter.Until = midnight(to, 1, zone)
	}
}

// midnight is the moment at which a day begins, or the one that follows it by so many days.
func midnight(day assessment.Date, after int, zone *time.Location) time.Time {
	on := day.Time()
	return time.Date(on.Year(), on.Month(), on.Day()+after, 0, 0, 0, 0, zone)
}

// sequenceIn reads a bound of the page. Anything that is none counts as none, which shows the newest entries.
func sequenceIn(text string) int64 {
	sequence, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return max(sequence, 0)
}
