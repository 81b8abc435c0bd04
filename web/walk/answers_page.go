package walk

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
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
func readPage(r *http.Request, a onPrinciple) (pageForm, error) {
	if err := page.ReadForm(r); err != nil {
		return nil, err
	}
	form := pageForm{}
	for practice := range a.Principle.Practices() {
		if answer, ok := readAnswer(r.PostForm, practice.ID, a.State.Answer(practice.ID)); ok {
			form[practice.ID] = answer
		}
	}
	return form, nil
}

// savePrinciple saves what has changed on a page, all of it or nothing, and leads on.
func (h *handlers) savePrinciple(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, page.CurrentOf(r))
	if err != nil {
		return err
	}
	typed, err := readPage(r, a)
	if err != nil {
		return err
	}
	keep := r.PostForm.Get("keep")
	typed.choose(keep)
	if practice, ok := typed.takeEarlier(keep, &a.State); ok {
		return h.savePage(w, r, a, typed, goTo+practice)
	}
	if practice := suggestedTo(r.PostForm); practice != "" {
		return h.savePage(w, r, a, typed, goTo+practice)
	}
	return h.savePage(w, r, a, typed, r.PostForm.Get("go"))
}

// saveRest does the same, with one answer for what is still open: "adopted" where the form says so, else "not yet".
func (h *handlers) saveRest(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, page.CurrentOf(r))
	if err != nil {
		return err
	}
	typed, err := readPage(r, a)
	if err != nil {
		return err
	}
	rest := assessment.Absent
	if r.PostForm.Get("rest") == string(assessment.Adopted) {
		rest = assessment.Adopted
	}
	for practice := range a.Principle.Practices() {
		form, ok := typed[practice.ID]
		if ok && form.answer.Status == assessment.Unanswered && a.Counted(practice.ID) == assessment.Unanswered {
			form.answer.Status = rest
		}
	}
	if page.Live(r) {
		return h.saveRestLive(w, r, a, typed)
	}
	return h.savePage(w, r, a, typed, "")
}

// saveRestLive answers what is open and draws what has changed, with a way back.
func (h *handlers) saveRestLive(w http.ResponseWriter, r *http.Request, a onPrinciple, typed pageForm) error {
	saves, _ := typed.saves(a)
	after := a.Current
	if len(saves) > 0 {
		var err error
		if after, err = h.store.SaveAnswers(r.Context(), page.ActorOf(r), a.State.ID, saves); err != nil {
			return err
		}
	}
	now := onPrinciple{after, a.PrinciplePlace}
	v := view.ChangesView{Around: h.around(r, now, readSince(r.PostForm)), Toast: toastOf(after, sequencesOf(after, len(saves)))}
	for number, practice := range now.InScope(a.Principle) {
		if _, changed := typed[practice.ID]; changed {
			v.Practices = append(v.Practices, h.practiceView(r, after, practice, number, nil))
		}
	}
	return h.Render(w, r, http.StatusOK, view.Changes(v))
}

// saves are the wishes of a form that change something; the others are taken out of it. faulty reports whether one of them
// cannot be saved.
func (p pageForm) saves(a onPrinciple) (saves []assessment.SaveAnswer, faulty bool) {
	for practice := range a.Principle.Practices() {
		form, ok := p[practice.ID]
		if !ok {
			continue
		}
		if !form.changes(a.State.Answer(practice.ID)) {
			delete(p, practice.ID)
			continue
		}
		faulty = faulty || len(form.faults) > 0
		saves = append(saves, form.save())
	}
	return saves, faulty
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

func (h *handlers) savePage(w http.ResponseWriter, r *http.Request, a onPrinciple, typed pageForm, direction string) error {
	saves, faulty := typed.saves(a)
	if faulty {
		return h.Render(w, r, http.StatusUnprocessableEntity, view.Walk(h.walkView(w, r, a, typed)))
	}
	if len(saves) == 0 {
		return h.leave(w, r, a, a.Current, 0, direction)
	}
	after, err := h.store.SaveAnswers(r.Context(), page.ActorOf(r), a.State.ID, saves)
	if conflicts := page.ConflictsIn(err); len(conflicts) > 0 {
		return h.showConflicts(w, r, typed, conflicts)
	}
	if err != nil {
		return err
	}
	return h.leave(w, r, a, after, len(saves), direction)
}

// showConflicts shows the page as it is now, with what was typed and both answers wherever somebody else was faster.
func (h *handlers) showConflicts(w http.ResponseWriter, r *http.Request, typed pageForm, conflicts map[string]*assessment.AnswerConflict) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	a, err := principleOf(r, c)
	if err != nil {
		return err
	}
	for practice, conflict := range conflicts {
		typed[practice].conflict = conflict
	}
	return h.Render(w, r, http.StatusConflict, view.Walk(h.walkView(w, r, a, typed)))
}

// leave leads to the page that a button names, and stores the position.
func (h *handlers) leave(w http.ResponseWriter, r *http.Request, before onPrinciple, after *assessment.Current, saved int, direction string) error {
	to := before.Principle
	switch {
	case direction == goNext && before.Next != nil:
		to = before.Next
	case direction == goPrevious && before.Previous != nil:
		to = before.Previous
	}
	h.keepPosition(r, after, to.ID)
	if direction == goNext && before.Next == nil {
		return page.Redirect(w, r, templates.AssessmentURL(before.State.ID))
	}
	if saved > 0 {
		h.Notify(w, savedNotice(before, after, saved))
	}
	if practice, is := strings.CutPrefix(direction, goTo); is {
		return page.Redirect(w, r, templates.PracticeURL(before.State.ID, to.ID, practice))
	}
	return page.Redirect(w, r, templates.PrincipleURL(before.State.ID, to.ID))
}

// savedNotice says what a save did, with the tradeoffs that it made live.
func savedNotice(before onPrinciple, after *assessment.Current, saved int) string {
	notice := words.Plural(saved, "answer", "answers") + " saved."
	for i, tradeoff := range after.Result.Tradeoffs {
		if tradeoff.State != assessment.Live || before.Result.Tradeoffs[i].State == assessment.Live {
			continue
		}
		content, _ := after.Model.Tradeoff(tradeoff.ID)
		next := " " + words.BecameActive(content.Kind(tradeoff.Signals)) + ": " + content.Title + "."
		if len(notice)+len(next) > page.MaxNotice {
			break
		}
		notice += next
	}
	return notice
}
