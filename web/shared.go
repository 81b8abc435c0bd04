package web

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

const sharedEnded = "It may have expired, been revoked, or lost a letter on its way. Ask the person who sent it for a new one."

// showShared tells anybody who has a link what it leads to. Nothing is noted: a program that looks ahead of its person,
// as mail and chat do, uses nothing up.
func (s *Server) showShared(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayOpenShared(w, r); err != nil {
		return err
	}
	token := chi.URLParam(r, "token")
	share, info, err := s.Store.SharedReport(r.Context(), HashToken(token))
	if err != nil {
		return s.deadLink(w, r, err, sharedEnded)
	}
	c, err := s.Store.Current(r.Context(), info.Assessment)
	if err != nil {
		return err
	}
	zone := s.zone(r)
	view := templates.SharedView{Page: s.page(r, info.Title), Title: info.Title, Workload: c.State.Workload.Name, Kind: "Report",
		Made: words.Day(info.CreatedAt.In(zone)), File: formatOf(info) + ", " + templates.FileSize(info.Size), Hash: info.SHA256,
		By: share.CreatedBy, Until: s.minute(r, share.ExpiresAt), Action: templates.SharedReportURL(token)}
	if info.Kind == assessment.ReportComparison {
		view.Kind = "Report of a change"
	}
	return s.render(w, r, http.StatusOK, templates.Shared(view))
}

// downloadShared notes that a link is used, and answers with its report.
func (s *Server) downloadShared(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayOpenShared(w, r); err != nil {
		return err
	}
	info, err := s.Store.UseShare(r.Context(), HashToken(chi.URLParam(r, "token")), clientAddress(r),
		shortened(r.UserAgent(), assessment.MaxShort))
	if err != nil {
		return s.deadLink(w, r, err, sharedEnded)
	}
	_, document, err := s.Store.Report(r.Context(), info.ID)
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", info.Media)
	header.Set("Content-Disposition", disposition(download{name: info.FileName}))
	header.Set("Content-Length", strconv.Itoa(len(document)))
	header.Set("Content-Security-Policy", sandboxPolicy)
	_, _ = w.Write(document)
	return nil
}

// mayOpenShared refuses an address that opens too many links, and keeps the secret in theirs from search engines and from
// the sites that a page leads to.
func (s *Server) mayOpenShared(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	w.Header().Set("Referrer-Policy", "no-referrer")
	if over(s.limits.shared, w, r, clientAddress(r)) {
		return assessment.Errorf(assessment.TooMany, "At most %d shared pages a minute are open to one address. Wait a minute, then try again", sharedPerAddress)
	}
	return nil
}
