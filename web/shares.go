package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

// ShareStore keeps links to reports by the hash of their secret, and who used them.
type ShareStore interface {
	CreateShareOnce(ctx context.Context, actor assessment.Actor, share assessment.Share, seen int) ([]assessment.Share, bool, error)
	Shares(ctx context.Context, report string) ([]assessment.Share, error)
	ShareUses(ctx context.Context, report, id string, limit int) ([]assessment.ShareUse, error)
	RevokeShare(ctx context.Context, actor assessment.Actor, report, id string) error
	SharedReport(ctx context.Context, hash string) (assessment.Share, assessment.ReportInfo, error)
	UseShare(ctx context.Context, hash, address, agent string) (assessment.ReportInfo, error)
}

const (
	shareDays = 30 // that a link works unless its maker says otherwise
	usesShown = 50 // of each link
)

func (s *Server) showShares(w http.ResponseWriter, r *http.Request) error {
	shares, err := s.Store.Shares(r.Context(), reportOf(r).ID)
	if err != nil {
		return err
	}
	return s.renderShares(w, r, http.StatusOK, shares, templates.SharesView{Form: templates.ShareForm{Days: strconv.Itoa(shareDays)}})
}

func (s *Server) renderShares(w http.ResponseWriter, r *http.Request, status int, shares []assessment.Share, view templates.SharesView) error {
	info := reportOf(r).ReportInfo
	c, err := s.Store.Current(r.Context(), info.Assessment)
	if err != nil {
		return err
	}
	view.Report, view.Title, view.Back = info.ID, info.Title, templates.ReportsURL(info.Assessment)
	view.Lead = fmt.Sprintf("%s, %s, made on %s by %s.", formatOf(info), templates.FileSize(info.Size),
		templates.Day(info.CreatedAt.In(s.zone(r))), info.CreatedBy)
	view.Form.Version = len(shares)
	for _, share := range shares {
		row, err := s.shareRow(r, share)
		if err != nil {
			return err
		}
		if row.Works {
			view.Working++
		}
		view.Rows = append(view.Rows, row)
	}
	view.Page = s.placed(w, r, c, tabReports, "Share a report")
	return s.render(w, r, status, templates.Shares(view))
}

func (s *Server) shareRow(r *http.Request, share assessment.Share) (templates.ShareRow, error) {
	when := func(t time.Time) string { return s.minute(r, t) }
	row := templates.ShareRow{By: share.CreatedBy, Made: templates.Day(share.CreatedAt.In(s.zone(r))), Used: "Never used"}
	switch {
	case !share.RevokedAt.IsZero():
		row.State, row.When = "Revoked", when(share.RevokedAt)
	case share.Works(s.Clock()):
		row.State, row.When, row.Works = "Works", "until "+when(share.ExpiresAt), true
		row.Revoke = templates.RevokeShareURL(share.Report, share.ID)
	default:
		row.State, row.When = "Expired", when(share.ExpiresAt)
	}
	if share.Uses == 0 {
		return row, nil
	}
	row.Used = templates.Plural(share.Uses, "download", "downloads") + ", last " + when(share.LastUsedAt)
	uses, err := s.Store.ShareUses(r.Context(), share.Report, share.ID, usesShown)
	for _, use := range uses {
		row.Uses = append(row.Uses, templates.ShareUse{When: when(use.At), Address: use.Address, Browser: browserName(use.Agent)})
	}
	row.More = share.Uses - len(uses)
	return row, err
}

// createShare makes a link and shows it, which nobody can do again. The form carries how many links its page showed:
// where there are more since, it may be a repeated submit, and asks once more.
func (s *Server) createShare(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	form := templates.ShareForm{Days: printable(r.PostFormValue("days"))}
	seen := versionIn(r.PostForm, "version")
	if seen < 0 {
		return assessment.Errorf(assessment.VersionRequired, "The form does not say which links it saw. Open the page again")
	}
	days, problem := shareLife(r.PostFormValue("days"))
	if problem != nil {
		shares, err := s.Store.Shares(r.Context(), reportOf(r).ID)
		if err != nil {
			return err
		}
		return s.renderShares(w, r, http.StatusUnprocessableEntity, shares, templates.SharesView{Form: form,
			Errors: templates.FormErrors{{Field: problem.Field, Message: problem.Message}}})
	}
	secret := NewToken()
	shares, made, err := s.Store.CreateShareOnce(r.Context(), actorOf(r), assessment.Share{Report: reportOf(r).ID, Hash: HashToken(secret),
		ExpiresAt: s.Clock().Add(time.Duration(days) * 24 * time.Hour)}, seen)
	if err != nil {
		return err
	}
	if !made {
		form.Newer = sharedSince(shares)
		return s.renderShares(w, r, http.StatusConflict, shares, templates.SharesView{Form: form})
	}
	link := &templates.MadeShare{URL: s.absolute(r, templates.SharedURL(secret)), Until: s.minute(r, shares[0].ExpiresAt)}
	return s.renderShares(w, r, http.StatusCreated, shares, templates.SharesView{Form: form, Made: link})
}

// sharedSince says who made the newest link, whose page the form has not seen.
func sharedSince(shares []assessment.Share) string {
	if len(shares) == 0 {
		return "The links have changed after this page was opened. If you want one, make it now."
	}
	return shares[0].CreatedBy + " made a link after this page was opened. If it was you and the link is lost, revoke it. If you want another one, make it now."
}

// shareLife reads for how many days a link is to work.
func shareLife(text string) (int, *assessment.Error) {
	days, err := strconv.Atoi(strings.TrimSpace(text))
	longest := int(assessment.MaxShareLife.Hours() / 24)
	if err != nil || days < 1 || days > longest {
		return 0, assessment.InvalidField("days", fmt.Sprintf("Enter a whole number of days from 1 to %d", longest))
	}
	return days, nil
}

func (s *Server) revokeShare(w http.ResponseWriter, r *http.Request) error {
	report := reportOf(r).ID
	if err := s.Store.RevokeShare(r.Context(), actorOf(r), report, chi.URLParam(r, "share")); err != nil {
		return err
	}
	s.notify(w, "The link is revoked: it opens nothing any more.")
	return redirect(w, r, templates.ShareURL(report))
}
