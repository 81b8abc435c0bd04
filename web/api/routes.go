// Package api is what programs ask, in JSON, with its description in OpenAPI.
package api

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/compare"
	"plumbline/web/page"
	"plumbline/web/reports"
)

// comparer fills in both sides of a comparison, see compare.CompareBoth.
type comparer interface {
	CompareBoth(ctx context.Context, actor access.Actor, c *compare.Comparison, before, after string) error
}

// reporter draws a report or finds the one that is stored, see the room of reports.
type reporter interface {
	ReportRequested(ctx context.Context, v *page.Visitor, before string) (reports.ReportRequest, error)
	ReportOn(ctx context.Context, actor access.Actor, request reports.ReportRequest) (info assessment.ReportInfo, drawn bool, err error)
}

type handlers struct {
	*page.Kit
	store    Store
	compare  comparer
	reports  reporter
	asking   page.Limiter // by person: more tokens ask no more
	guessing page.Limiter // with tokens that do not work, by address; those with one that does are not held up
	rows     []page.Route
}

// New returns the room.
func New(kit *page.Kit, store Store, compare comparer, reports reporter) *handlers {
	h := &handlers{Kit: kit, store: store, compare: compare, reports: reports,
		asking: kit.PerMinute(requestsPerToken), guessing: kit.PerMinute(badTokensPerAddress)}
	h.rows = newAPI(h).rows
	return h
}

// Routes are the addresses of the API, with who may use them.
func (h *handlers) Routes() []page.Route { return h.rows }
