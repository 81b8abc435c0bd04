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
	return templates.Feed{Script: h.Kit.Files.Address("live.js"), Look: templates.PortfolioStateURL, Seen: portfolioState(rows)}
}

// showPortfolioState says in a word what the portfolio of the visitor shows.
func (h *handlers) showPortfolioState(w http.ResponseWriter, r *http.Request) error {
	rows, err := h.store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: page.ActorOf(r).Teams(access.ActRead).Teams})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = w.Write([]byte(portfolioState(rows)))
	return err
}

// portfolioState is a word that is another one after any change of any of the assessments.
func portfolioState(rows []assessment.PortfolioRow) string {
	lines := make([]string, len(rows))
	for i := range rows {
		lines[i] = fmt.Sprintf("%s %d\n", rows[i].Assessment.ID, rows[i].Assessment.Sequence)
	}
	slices.Sort(lines)
	h := fnv.New64a()
	for _, line := range lines {
		_, _ = h.Write([]byte(line))
	}
	return hex.EncodeToString(h.Sum(nil))
}
