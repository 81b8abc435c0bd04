package page

import (
	"net/http"

	"plumbline/assessment"
)

// OffersOf returns the earlier answers that are offered, in the order of the questionnaire.
func OffersOf(c *assessment.Current) []assessment.EarlierAnswer {
	var list []assessment.EarlierAnswer
	if len(c.State.Earlier.Answers) == 0 {
		return nil
	}
	for practice := range c.Model.Questionnaire().Practices() {
		if offer, ok := c.State.Offer(practice.ID); ok {
			list = append(list, offer)
		}
	}
	return list
}

// MoveChoices returns the questionnaires that an assessment can move to.
func (k *Kit) MoveChoices(r *http.Request, c *assessment.Current) (assessment.MoveChoices, error) {
	library, err := k.Store.Library(r.Context())
	if err != nil {
		return assessment.MoveChoices{}, err
	}
	snapshots, err := k.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return assessment.MoveChoices{}, err
	}
	return c.State.MoveChoices(library, snapshots), nil
}
