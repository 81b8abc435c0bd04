package page

import (
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/templates"
)

// Feed tells a page of an assessment where to hear what others change. principle is empty for a page that is no
// principle's.
func (k *Kit) Feed(r *http.Request, c *assessment.Current, principle string) templates.Feed {
	return templates.Feed{
		Script: k.Files.Address("live.js"),
		Stream: templates.EventsURL(c.State.ID, principle),
		Seen:   strconv.FormatInt(c.State.Sequence, 10),
		Person: ActorOf(r).User.Name,
	}
}
