package walk

import (
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// practiceView is one practice with its answer. form is what was typed and not saved, nil where there is no such thing.
func (h *rows) practiceView(r *http.Request, c *assessment.Current, practice *assessment.Practice, number int, form *answerForm) templates.PracticeView {
	stored := c.State.Answer(practice.ID)
	view := templates.PracticeView{
		ID:      practice.ID,
		Number:  strconv.Itoa(number),
		SaveURL: templates.AnswerURL(c.State.ID, practice.ID),
		Content: practice,
		Reasons: offeredReasons([]string{practice.NotApplicableWhen}, c.UsedReasons()),
		Form:    stored.Answer,
		Stored:  stored,
		Version: stored.Version,
		Seen:    seenMark(stored.Answer),
		Mark:    h.saveMark(r, stored),
		Earlier: h.move.EarlierView(r, c, practice),
	}
	if view.Earlier != nil {
		view.Mark = templates.SaveMark{Word: "Not answered"}
	}
	if stored.Note != "" {
		view.Quote, view.QuoteCite = stored.Note, stored.By+", "+h.instant(r, stored).Text
	}
	if form != nil {
		h.typed(r, &view, form)
	}
	return view
}

// typed puts what was typed and not saved in the place of what is stored.
func (h *rows) typed(r *http.Request, view *templates.PracticeView, form *answerForm) {
	view.Form = readable(form.answer)
	view.Version, view.Seen = form.version, form.seen
	view.Unsaved = !form.answer.Equal(view.Stored.Answer)
	view.Fault = answerFaults(form.faults)
	switch {
	case form.conflict != nil:
		saved := form.conflict.Saved
		view.Mark = templates.SaveMark{Glyph: "warn", Word: "Not saved: " + saved.By + " changed this first", Bad: true}
		view.Conflict = &templates.ConflictView{By: saved.By, At: h.instant(r, saved), Version: saved.Version, Theirs: saved.Answer, Yours: view.Form}
	case len(form.faults) > 0:
		view.Mark = templates.SaveMark{Glyph: "warn", Word: "Not saved: " + view.Fault.First(), Bad: true}
	case view.Unsaved:
		view.Mark = templates.SaveMark{Glyph: "unanswered", Word: "Not saved yet"}
	}
}

func answerFaults(faults assessment.Errors) templates.AnswerFaults {
	all := templates.AnswerFaults{Reason: faults.On("reason"), Note: faults.On("note"), Evidence: faults.On("evidence")}
	if faults.On("status") != "" {
		all.Status = "Choose Not yet, Partially, Adopted or Not applicable"
	}
	return all
}

// saveMark says who saved an answer, and when.
func (h *rows) saveMark(r *http.Request, stored assessment.SavedAnswer) templates.SaveMark {
	switch {
	case stored.Version == 0:
		return templates.SaveMark{Word: "Not answered"}
	case stored.By == page.ActorOf(r).User.Name:
		return templates.SaveMark{Glyph: "check", Word: "Saved", At: h.instant(r, stored)}
	}
	return templates.SaveMark{Glyph: "person", Word: stored.By + ",", At: h.instant(r, stored)}
}

func (h *rows) instant(r *http.Request, stored assessment.SavedAnswer) templates.Instant {
	return view.InstantAt(stored.At.In(h.Zone(r)), h.Now(r))
}

// answerView is what changes on a page by one answer. form is what was not saved, nil where it was.
func (h *handlers) answerView(r *http.Request, c *assessment.Current, place assessment.Place, form *answerForm) view.AnswerView {
	view := view.AnswerView{
		Around:   h.around(r, onPrinciple{c, assessment.PrinciplePlace{Pillar: place.Pillar, Principle: place.Principle}}, readSince(r.PostForm)),
		Practice: h.practiceView(r, c, place.Practice, numberOf(c, place), form),
		Saved:    form == nil,
	}
	if form == nil {
		view.Say = "Answer " + view.Practice.Number + " saved."
		for _, live := range view.Picture.Live {
			view.Say += " " + words.BecameActive(live.Kind) + ": " + live.Title + "."
		}
	}
	return view
}

// numberOf returns the number of a practice on its page. One that has gone out of scope since the page was drawn has that
// of its place.
func numberOf(c *assessment.Current, place assessment.Place) int {
	before := 0
	for number, practice := range c.InScope(place.Principle) {
		if other, _ := c.Model.Place(practice.ID); other.Index >= place.Index {
			return number
		}
		before = number
	}
	return before + 1
}

// around is what any answer may change beside the practices of a page.
func (h *handlers) around(r *http.Request, a onPrinciple, was since) view.Around {
	around := view.Around{
		Rail:      rail(a.Current, a.Pillar, a.Principle),
		Rest:      restView(a.Current, a.Principle),
		Picture:   picture(a.Current, a.Pillar, a.Principle, was),
		Foot:      footNow(a.Current, a.Pillar),
		Tradeoffs: page.OpenDecisions(a.Current),
	}
	if was.known {
		around.Picture.Live = h.wentLive(r, a.Current, a.Principle, was)
	}
	return around
}
