package web

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/templates"
)

// feed tells a page of an assessment where to hear what others change. principle is empty for a page that is no
// principle's.
func (s *Server) feed(r *http.Request, c *assessment.Current, principle string) templates.Feed {
	return templates.Feed{
		Script: s.files.Address("live.js"),
		Stream: templates.EventsURL(c.State.ID, principle),
		Seen:   strconv.FormatInt(c.State.Sequence, 10),
		Person: actorOf(r).User.Name,
	}
}

// portfolioFeed tells the portfolio, which shows these rows, where to ask whether others have changed something.
func (s *Server) portfolioFeed(rows []assessment.PortfolioRow) templates.Feed {
	return templates.Feed{Script: s.files.Address("live.js"), Look: templates.PortfolioStateURL, Seen: portfolioState(rows)}
}

// showPortfolioState says in a word what the portfolio of the visitor shows.
func (s *Server) showPortfolioState(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.Store.Portfolio(r.Context(), assessment.PortfolioFilter{Teams: actorOf(r).Teams(assessment.ActRead).Teams})
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
