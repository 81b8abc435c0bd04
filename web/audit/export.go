package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
	"plumbline/assessment/words"
	"plumbline/web/page"
)

const (
	auditBatch    = 500 // entries that are read at once
	auditPatience = time.Minute
)

// auditWriter writes records as one of the formats.
type auditWriter interface {
	write(access.AuditRecord) error
	flush() error
}

func (h *handlers) teamAuditCSV(w http.ResponseWriter, r *http.Request) error {
	return h.auditFile(w, r, page.TeamOf(r), report.CSV, newAuditSheet)
}

func (h *handlers) teamAuditJSONLines(w http.ResponseWriter, r *http.Request) error {
	return h.auditFile(w, r, page.TeamOf(r), jsonLines, newAuditLines)
}

func (h *handlers) auditCSV(w http.ResponseWriter, r *http.Request) error {
	return h.auditFile(w, r, access.Team{}, report.CSV, newAuditSheet)
}

func (h *handlers) auditJSONLines(w http.ResponseWriter, r *http.Request) error {
	return h.auditFile(w, r, access.Team{}, jsonLines, newAuditLines)
}

// jsonLines is a file with one JSON object a line.
const jsonLines report.Format = "jsonl"

// auditFile writes everything that the address asks of a log, the newest entry first, without holding it all in memory.
// A fault on the way breaks the connection, so that half a file is not taken for a whole one.
func (h *handlers) auditFile(w http.ResponseWriter, r *http.Request, team access.Team, format report.Format, open func(io.Writer) auditWriter) error {
	l := h.readLog(r, team)
	if len(l.errors) > 0 {
		return assessment.InvalidField(l.errors[0].Field, l.errors[0].Message)
	}
	names, err := h.readNames(r.Context(), l)
	if err != nil {
		return err
	}
	l.filter.Before, l.filter.After, l.filter.Newest, l.filter.Limit = 0, 0, true, auditBatch
	entries, err := h.store.Audit(r.Context(), l.filter)
	if err != nil {
		return err
	}
	auditHeader(w.Header(), format, l, h.Today(r))
	control, file := http.NewResponseController(w), open(w)
	for len(entries) > 0 && err == nil {
		_ = control.SetWriteDeadline(time.Now().Add(auditPatience))
		if err = writeEntries(file, names, entries); err == nil {
			l.filter.Before = entries[len(entries)-1].Sequence
			entries, err = h.store.Audit(r.Context(), l.filter)
		}
	}
	if err == nil {
		err = file.flush()
	}
	if err != nil {
		h.Logger.WarnContext(r.Context(), "the audit log was cut", "request", page.RequestNumber(r), "error", err.Error())
		panic(http.ErrAbortHandler)
	}
	return nil
}

func auditHeader(header http.Header, format report.Format, l auditLog, today assessment.Date) {
	media := format.Media()
	if format == jsonLines {
		media = "application/jsonl; charset=utf-8"
	}
	parts := []string{"Audit log", string(today)}
	if !l.whole() {
		parts = []string{"Audit log", l.team.Name, string(today)}
	}
	header.Set("Content-Type", media)
	header.Set("Content-Disposition", page.Disposition(page.Download{Name: page.FileName(string(format), parts...)}))
	header.Set("Content-Security-Policy", page.SandboxPolicy)
}

func writeEntries(file auditWriter, names auditNames, entries []access.AuditEntry) error {
	for _, entry := range entries {
		if err := file.write(names.record(entry)); err != nil {
			return err
		}
	}
	return nil
}

// auditNames are what people call teams and workloads, by the ids of teams and assessments.
type auditNames struct{ teams, workloads map[string]string }

func (h *handlers) readNames(ctx context.Context, l auditLog) (auditNames, error) {
	names := auditNames{map[string]string{l.team.ID: l.team.Name}, map[string]string{}}
	if l.whole() {
		teams, err := h.store.Teams(ctx)
		if err != nil {
			return names, err
		}
		for _, team := range teams {
			names.teams[team.ID] = team.Name
		}
	}
	all, err := h.everyWorkload(ctx, l.scope())
	for _, one := range all {
		names.workloads[one.ID] = one.Workload.Name
	}
	return names, err
}

// everyWorkload returns the assessments of teams, those of archived workloads last.
func (h *handlers) everyWorkload(ctx context.Context, teams access.TeamScope) ([]assessment.Assessment, error) {
	var all []assessment.Assessment
	for _, archived := range []bool{false, true} {
		some, err := h.store.Assessments(ctx, assessment.PortfolioFilter{Teams: teams.Teams, Archived: archived})
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func (n auditNames) record(e access.AuditEntry) access.AuditRecord {
	return access.AuditRecord{AuditEntry: e, Says: words.Action(e.Action), TeamName: n.teams[e.Team], Workload: n.workloads[e.Assessment]}
}

type auditSheet struct{ *report.Sheet }

func newAuditSheet(w io.Writer) auditWriter {
	sheet := report.NewSheet(w)
	sheet.Row("sequence", "at", "account", "person", "action", "says", "subject_kind", "subject", "detail", "team", "team_name",
		"assessment", "workload", "address", "token", "times", "hash")
	return auditSheet{sheet}
}

func (s auditSheet) write(r access.AuditRecord) error {
	s.Row(strconv.FormatInt(r.Sequence, 10), r.At.Format(time.RFC3339Nano), r.Account, r.Person, r.Action, r.Says, r.SubjectKind, r.Subject, r.Detail, r.Team, r.TeamName,
		r.Assessment, r.Workload, r.Address, r.Token, strconv.Itoa(r.Times), r.Hash)
	return nil
}

func (s auditSheet) flush() error { return s.Flush() }

type auditLines struct{ *json.Encoder }

func newAuditLines(w io.Writer) auditWriter {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return auditLines{encoder}
}

func (l auditLines) write(r access.AuditRecord) error {
	if err := l.Encode(r); err != nil {
		return fmt.Errorf("write entry %d: %w", r.Sequence, err)
	}
	return nil
}

func (auditLines) flush() error { return nil }
