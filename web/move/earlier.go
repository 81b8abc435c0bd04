package move

import (
	"net/http"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	"plumbline/web/page"
)

// EarlierView is the earlier answer that is offered for a practice, nil where there is none.
func (h *handlers) EarlierView(r *http.Request, c *assessment.Current, practice *assessment.Practice) *templates.EarlierView {
	offer, ok := c.State.Offer(practice.ID)
	if !ok {
		return nil
	}
	earlier := &templates.EarlierView{Who: words.Cut(offer.By, 60), Answer: offer.Answer}
	if offer.By == page.ActorOf(r).User.Name {
		earlier.Who = "You"
	}
	at := offer.At.In(h.Zone(r))
	earlier.When = templates.Instant{Text: words.Day(at), ISO: at.Format(time.RFC3339)}
	earlier.Values, earlier.Texts = page.WordingChanges(&page.VisitorOf(r).Texts, offer.Wording, practice.Wording())
	return earlier
}
