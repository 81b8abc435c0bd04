package reports

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/reports"
	"plumbline/web/page"
)

const (
	shareDays = 30 // that a link works unless its maker says otherwise
	usesShown = 50 // of each link
)

func (h *handlers) showShares(w http.ResponseWriter, r *http.Request) error {
	shares, err := h.store.Shares(r.Context(), page.ReportOf(r).ID)
	if err != nil {
		return err
	}
	return h.renderShares(w, r, http.StatusOK, shares, view.SharesView{Form: view.ShareForm{Days: strconv.Itoa(shareDays)}})
}

func (h *handlers) renderShares(w http.ResponseWriter, r *http.Request, status int, shares []access.Share, v view.SharesView) error {
	info := page.ReportOf(r)
	c, err := h.store.Current(r.Context(), info.Assessment)
	if err != nil {
		return err
	}
	v.Report, v.Title, v.Back = info.ID, info.Title, templates.ReportsURL(info.Assessment)
	v.Lead = fmt.Sprintf("%s, %s, created on %s by %s.", formatOf(info), view.FileSize(info.Size),
		words.Day(info.CreatedAt.In(h.Zone(r))), info.CreatedBy)
	v.Form.Version, v.Form.Request = len(shares), page.NewToken()
	for _, share := range shares {
		row, err := h.shareRow(r, share)
		if err != nil {
			return err
		}
		if row.Works {
			v.Working++
		}
		v.Rows = append(v.Rows, row)
	}
	v.Page = h.Placed(w, r, c, page.TabReports, "Share a report")
	return h.Render(w, r, status, view.Shares(v))
}

func (h *handlers) shareRow(r *http.Request, share access.Share) (view.ShareRow, error) {
	when := func(t time.Time) string { return h.Minute(r, t) }
	row := view.ShareRow{By: share.CreatedBy, Made: words.Day(share.CreatedAt.In(h.Zone(r))), Used: "Never used"}
	switch {
	case !share.RevokedAt.IsZero():
		row.State, row.When = "Revoked", when(share.RevokedAt)
	case share.Works(h.Clock()):
		row.State, row.When, row.Works = "Active", "until "+when(share.ExpiresAt), true
		row.Revoke = view.RevokeShareURL(share.Report, share.ID)
	default:
		row.State, row.When = "Expired", when(share.ExpiresAt)
	}
	if share.Uses == 0 {
		return row, nil
	}
	row.Used = words.Plural(share.Uses, "download", "downloads") + ", last " + when(share.LastUsedAt)
	uses, err := h.store.ShareUses(r.Context(), share.Report, share.ID, usesShown)
	for _, use := range uses {
		row.Uses = append(row.Uses, view.ShareUse{When: when(use.At), Address: use.Address, Browser: page.BrowserName(use.Agent)})
	}
	row.More = share.Uses - len(uses)
	return row, err
}

// createShare makes a link and shows it, which nobody can do again. The form carries how many links its page showed:
// where there are more since, it asks once more. The same form again, by a double click, shows the same link.
func (h *handlers) createShare(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	form := view.ShareForm{Days: page.Printable(r.PostFormValue("days"))}
	seen := page.VersionIn(r.PostForm, "version")
	if seen < 0 {
		return assessment.Errorf(assessment.VersionRequired, page.FormOutdated)
	}
	days, problem := shareLife(r.PostFormValue("days"))
	if problem != nil {
		shares, err := h.store.Shares(r.Context(), page.ReportOf(r).ID)
		if err != nil {
			return err
		}
		return h.renderShares(w, r, http.StatusUnprocessableEntity, shares, view.SharesView{Form: form,
			Errors: templates.FormErrors{{Field: problem.Field, Message: problem.Message}}})
	}
	secret := h.ShownOnce(r, page.ReportOf(r).ID, page.ActorOf(r).User.ID, strconv.Itoa(days))
	shares, made, err := h.store.CreateShareOnce(r.Context(), page.ActorOf(r), access.Share{Report: page.ReportOf(r).ID, Hash: page.HashToken(secret),
		ExpiresAt: h.Clock().Add(time.Duration(days) * 24 * time.Hour)}, seen)
	if err != nil {
		return err
	}
	if made == nil {
		form.Newer = sharedSince(shares)
		return h.renderShares(w, r, http.StatusConflict, shares, view.SharesView{Form: form})
	}
	link := &view.MadeShare{URL: h.Absolute(r, view.SharedURL(secret)), Until: h.Minute(r, made.ExpiresAt)}
	return h.renderShares(w, r, http.StatusCreated, shares, view.SharesView{Form: form, Made: link})
}

// sharedSince says who made the newest link, whose page the form has not seen.
func sharedSince(shares []access.Share) string {
	if len(shares) == 0 {
		return "The links changed after you opened this page. To create a link, submit again."
	}
	return shares[0].CreatedBy + " created a link after you opened this page. If you created it and lost it, revoke it. To create another link, submit again."
}

// shareLife reads for how many days a link is to work.
func shareLife(text string) (int, *assessment.Error) {
	days, err := strconv.Atoi(strings.TrimSpace(text))
	longest := int(access.MaxLife.Hours() / 24)
	if err != nil || days < 1 || days > longest {
		return 0, assessment.InvalidField("days", fmt.Sprintf("Enter a whole number of days from 1 to %d", longest))
	}
	return days, nil
}

func (h *handlers) revokeShare(w http.ResponseWriter, r *http.Request) error {
	report := page.ReportOf(r).ID
	if err := h.store.RevokeShare(r.Context(), page.ActorOf(r), report, chi.URLParam(r, "share")); err != nil {
		return err
	}
	h.Notify(w, "Link revoked. It no longer works.")
	return page.Redirect(w, r, templates.ShareURL(report))
}
