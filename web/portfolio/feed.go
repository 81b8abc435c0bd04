package portfolio

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
)

// portfolioFeed tells the portfolio, which shows these rows, where to ask whether others have changed something.
func (h *handlers) portfolioFeed(rows []assessment.PortfolioRow) templates.Feed {
	assessments := make([]assessment.Assessment, len(rows))
	for i := range rows {
		assessments[i] = rows[i].Assessment
	}
	return templates.Feed{Script: h.Kit.Files.Address("live.js"), Look: templates.PortfolioStateURL, Seen: portfolioState(assessments)}
}

// showPortfolioState says in a word what the portfolio of the visitor shows.
func (h *handlers) showPortfolioState(w http.ResponseWriter, r *http.Request) error {
	assessments, err := h.store.Assessments(r.Context(), assessment.PortfolioFilter{Teams: page.ActorOf(r).Teams(access.ActRead).Teams})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = w.Write([]byte(portfolioState(assessments)))
	return err
}

// portfolioState is a word that changes with each change of any of the assessments.
func portfolioState(assessments []assessment.Assessment) string {
	lines := make([]string, len(assessments))
	for i := range assessments {
		lines[i] = fmt.Sprintf("%s %d\n", assessments[i].ID, assessments[i].Sequence)
	}
	slices.Sort(lines)
	h := fnv.New64a()
	for _, line := range lines {
		_, _ = h.Write([]byte(line))
	}
	return hex.EncodeToString(h.Sum(nil))
}
