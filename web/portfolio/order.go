package portfolio

import (
	"cmp"
	"context"

	"plumbline/assessment"
	view "plumbline/templates/portfolio"
)

const (
	ascending  = "asc"
	descending = "desc"
)

// portfolioOrder returns the order that a query asks for, or Invalid where there is no such column or order.
func (h *handlers) portfolioOrder(ctx context.Context, query view.PortfolioQuery, rows []assessment.PortfolioRow) (assessment.PortfolioOrder, error) {
	column := cmp.Or(query.Sort, assessment.ColumnName)
	known, err := h.isColumn(ctx, column, rows)
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
// questionnaire that no row uses at the moment, so that a shared address keeps working.
func (h *handlers) isColumn(ctx context.Context, column string, rows []assessment.PortfolioRow) (bool, error) {
	switch column {
	case assessment.ColumnName, assessment.ColumnTeam, assessment.ColumnOverall, assessment.ColumnFindings, assessment.ColumnDecisions, assessment.ColumnChanged:
		return true, nil
	}
	for _, row := range rows {
		if _, ok := row.Summary.Pillar(column); ok {
			return true, nil
		}
	}
	stored, err := h.store.Questionnaires(ctx)
	if err != nil {
		return false, err
	}
	for _, questionnaire := range stored {
		model, err := h.store.Model(ctx, questionnaire.SHA256)
		if err != nil {
			return false, err
		}
		if _, ok := model.Pillar(column); ok {
			return true, nil
		}
	}
	return false, nil
}
