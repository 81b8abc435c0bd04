package web

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

// Where the buttons of a page lead.
const (
	goNext     = "next"
	goPrevious = "previous"
	goTo       = "to:" // a practice of the page, whose id follows
)

// pageForm is what the form of a principle's page says, by practice.
type pageForm map[string]*answerForm

// readPage reads the form of a principle's page. A practice that the form does not have is left as it is.
func readPage(r *http.Request, principle *assessment.Principle) (pageForm, error) {
	if err := readForm(r); err != nil {
		return nil, err
	}
	page := pageForm{}
	for practice := range principle.Practices() {
		if form, ok := readAnswer(r.PostForm, practice.ID); ok {
			page[practice.ID] = form
		}
	}
	return page, nil
}

// savePrinciple saves what has changed on a page, all of it or nothing, and leads on.
func (s *Server) savePrinciple(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, currentOf(r))
	if err != nil {
		return err
	}
	page, err := readPage(r, a.Principle)
	if err != nil {
		return err
	}
	keep := r.PostForm.Get("keep")
	page.choose(keep)
	if practice, ok := page.takeEarlier(keep, &a.State); ok {
		return s.savePage(w, r, a, page, goTo+practice)
	}
	return s.savePage(w, r, a, page, r.PostForm.Get("go"))
}

// saveRest does the same, with "not yet" for what is still open.
func (s *Server) saveRest(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, currentOf(r))
	if err != nil {
		return err
	}
	page, err := readPage(r, a.Principle)
	if err != nil {
		return err
	}
	for practice := range a.Principle.Practices() {
		form, ok := page[practice.ID]
		if ok && form.answer.Status == assessment.Unanswered && a.State.Answer(practice.ID).Status == assessment.Unanswered {
			form.answer.Status = assessment.Absent
		}
	}
	return s.savePage(w, r, a, page, "")
}

// choose settles a conflict: "mine:<practice>" saves over the stored answer that was shown, "theirs:<practice>" keeps it.
func (p pageForm) choose(keep string) {
	side, practice, _ := strings.Cut(keep, ":")
	form, ok := p[practice]
	switch {
	case !ok:
	case side == "mine":
		form.version, form.seen = form.stored, ""
	case side == "theirs":
		delete(p, practice)
	}
}

// takeEarlier answers a practice as its earlier wording was: "earlier:<practice>". Where it is answered since, it stays
// so: the request was sent twice. It reports whether the form asks for that.
func (p pageForm) takeEarlier(keep string, state *assessment.State) (practice string, taken bool) {
	side, practice, _ := strings.Cut(keep, ":")
	form, ok := p[practice]
	if side != "earlier" || !ok {
		return "", false
	}
	offer, offered := state.Offer(practice)
	if !offered {
		delete(p, practice)
		return practice, true
	}
	form.answer, form.faults, form.seen = offer.Answer, nil, ""
	return practice, true
}

func (s *Server) savePage(w http.ResponseWriter, r *http.Request, a onPrinciple, page pageForm, direction string) error {
	var saves []assessment.SaveAnswer
	faulty := false
	for practice := range a.Principle.Practices() {
		form, ok := page[practice.ID]
		if !ok {
			continue
		}
		if !form.changes(a.State.Answer(practice.ID)) {
			delete(page, practice.ID)
			continue
		}
		faulty = faulty || len(form.faults) > 0
		saves = append(saves, form.save())
	}
	if faulty {
		return s.render(w, r, http.StatusUnprocessableEntity, templates.Walk(s.walkView(w, r, a, page)))
	}
	if len(saves) == 0 {
		return s.leave(w, r, a, a.Current, 0, direction)
	}
	after, err := s.Store.SaveAnswers(r.Context(), actorOf(r), a.State.ID, saves)
	if conflicts := conflictsIn(err); len(conflicts) > 0 {
		return s.showConflicts(w, r, page, conflicts)
	}
	if err != nil {
		return err
	}
	return s.leave(w, r, a, after, len(saves), direction)
}

// showConflicts shows the page as it is now, with what was typed and both answers wherever somebody else was faster.
func (s *Server) showConflicts(w http.ResponseWriter, r *http.Request, page pageForm, conflicts map[string]*assessment.AnswerConflict) error {
	c, err := s.currentNow(r)
	if err != nil {
		return err
	}
	a, err := principleOf(r, c)
	if err != nil {
		return err
	}
	for practice, conflict := range conflicts {
		page[practice].conflict = conflict
	}
	return s.render(w, r, http.StatusConflict, templates.Walk(s.walkView(w, r, a, page)))
}

// leave leads to the page that a button names, and remembers it.
func (s *Server) leave(w http.ResponseWriter, r *http.Request, before onPrinciple, after *assessment.Current, saved int, direction string) error {
	to := before.Principle
	switch {
	case direction == goNext && before.Next != nil:
		to = before.Next
	case direction == goPrevious && before.Previous != nil:
		to = before.Previous
	}
	s.remember(r, after, to.ID)
	if direction == goNext && before.Next == nil {
		return redirect(w, r, templates.AssessmentURL(before.State.ID))
	}
	if saved > 0 {
		s.notify(w, savedNotice(before, after, saved))
	}
	if practice, is := strings.CutPrefix(direction, goTo); is {
		return redirect(w, r, templates.PracticeURL(before.State.ID, to.ID, practice))
	}
	return redirect(w, r, templates.PrincipleURL(before.State.ID, to.ID))
}

// savedNotice says what a save did, with the tradeoffs that it made live.
func savedNotice(before onPrinciple, after *assessment.Current, saved int) string {
	notice := templates.Plural(saved, "answer", "answers") + " saved."
	for i, tradeoff := range after.Result.Tradeoffs {
		if tradeoff.State != assessment.Live || before.Result.Tradeoffs[i].State == assessment.Live {
			continue
		}
		content, _ := after.Model.Tradeoff(tradeoff.ID)
		next := " Tradeoff went live: " + content.Title + "."
		if len(notice)+len(next) > maxNotice {
			break
		}
		notice += next
	}
	return notice
}
