package portfolio

import (
	"cmp"
	"net/http"
	"slices"

	"plumbline/assessment"
	view "plumbline/templates/portfolio"
)

const (
	ascending  = "asc"
	descending = "desc"
)

// portfolioOrder returns the order that a query asks for, or Invalid where there is no such column or order.
func (h *handlers) portfolioOrder(r *http.Request, query view.PortfolioQuery, rows []assessment.PortfolioRow) (assessment.PortfolioOrder, error) {
	column := cmp.Or(query.Sort, assessment.ColumnName)
	known, err := h.isColumn(r, column, rows)
	if err != nil {
		return assessment.PortfolioOrder{}, err
	}
	if !known {
		return assessment.PortfolioOrder{}, assessment.Errorf(assessment.Invalid, "The portfolio has no column “%s”", column)
	}
	switch query.Order {
	case "":
		return assessment.PortfolioOrder{Column: column, Descending: assessment.BeginsDescending(column)}, nil
	case ascending, descending:
		return assessment.PortfolioOrder{Column: column, Descending: query.Order == descending}, nil
	}
	return assessment.PortfolioOrder{}, assessment.Errorf(assessment.Invalid, "The portfolio can be sorted asc or desc, not “%s”", query.Order)
}

// isColumn reports whether the portfolio can be sorted by a column: one of its own, or a pillar of a row or of a
// questionnaire in the visitor's library that no row uses at the moment, so that a shared address keeps working.
func (h *handlers) isColumn(r *http.Request, column string, rows []assessment.PortfolioRow) (bool, error) {
	switch column {
	case assessment.ColumnName, assessment.ColumnTeam, assessment.ColumnOverall, assessment.ColumnFindings, assessment.ColumnDecisions, assessment.ColumnChanged:
		return true, nil
	}
	for _, row := range rows {
		if _, ok := row.Summary.Pillar(column); ok {
			return true, nil
		}
	}
	library, err := h.LibraryOf(r)
	if err != nil {
		return false, err
	}
	for _, entry := range library {
		frame, err := h.store.Frame(r.Context(), entry.SHA256)
		if err != nil {
			return false, err
		}
		if slices.Contains(frame.Pillars, column) {
			return true, nil
		}
	}
	return false, nil
}
