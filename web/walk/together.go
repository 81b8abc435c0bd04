package walk

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// together is what a form says that sets a part of the questionnaire not applicable.
type together struct {
	part   string // see partValue
	reason string
	errors templates.FormErrors
}

func partValue(kind assessment.PartKind, id string) string { return string(kind) + ":" + id }

// part is a part of the questionnaire that a principle's page leads to.
type part struct {
	kind      assessment.PartKind
	id, title string
}

// partsOf lists what can be set not applicable from the page of a principle, the smallest first.
func partsOf(a onPrinciple) []part {
	var parts []part
	if len(a.Principle.Questions) > 1 {
		for i := range a.Principle.Questions {
			parts = append(parts, part{assessment.PartQuestion, a.Principle.Questions[i].ID, "Question: " + a.Principle.Questions[i].Title})
		}
	}
	return append(parts, part{assessment.PartPrinciple, a.Principle.ID, "Principle: " + a.Principle.Title},
		part{assessment.PartPillar, a.Pillar.ID, "Pillar: " + a.Pillar.Title})
}

// togetherOf is the untouched form.
func togetherOf(a onPrinciple) together {
	return together{part: partValue(assessment.PartPrinciple, a.Principle.ID)}
}

func (h *handlers) showTogether(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, page.CurrentOf(r))
	if err != nil {
		return err
	}
	return h.togetherPage(w, r, http.StatusOK, a, togetherOf(a))
}

// setTogether sets a part not applicable, all of it or nothing.
func (h *handlers) setTogether(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	a, err := principleOf(r, page.CurrentOf(r))
	if err != nil {
		return err
	}
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	typed := together{part: r.PostForm.Get("part"), reason: r.PostForm.Get("reason")}
	if given := r.PostForm.Get("why"); given != "" {
		typed.reason = given
	}
	parts := partsOf(a)
	i := slices.IndexFunc(parts, func(p part) bool { return partValue(p.kind, p.id) == typed.part })
	if i < 0 {
		typed.errors = templates.FormErrors{{Field: "part", Message: "Choose what does not apply"}}
		return h.togetherPage(w, r, http.StatusUnprocessableEntity, a, typed)
	}
	wish := assessment.SetTogether{Kind: parts[i].kind, ID: parts[i].id, Reason: typed.reason, Sequence: int64(version)}
	_, set, err := h.store.SetTogether(r.Context(), page.ActorOf(r), a.State.ID, wish)
	if assessment.CodeOf(err) == assessment.Conflict && a.State.Workload.CheckInUse() == nil {
		return h.togetherConflict(w, r, typed, "Someone else changed these answers. Nothing was set. Check the numbers, then set them again")
	}
	if assessment.CodeOf(err) == assessment.Invalid {
		typed.errors, _ = page.Complaints(err)
		return h.togetherPage(w, r, http.StatusUnprocessableEntity, a, typed)
	}
	if err != nil {
		return err
	}
	h.Notify(w, setNotice(len(set.Replaced)))
	return page.Redirect(w, r, templates.PrincipleURL(a.State.ID, a.Principle.ID))
}

func setNotice(replaced int) string {
	if replaced == 0 {
		return "Nothing changed: these practices are already not applicable or out of scope."
	}
	return words.Plural(replaced, "practice", "practices") + " set to not applicable."
}

// togetherConflict shows the form again with what was typed, as the assessment is now, and why nothing was done.
func (h *handlers) togetherConflict(w http.ResponseWriter, r *http.Request, typed together, why string) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	a, err := principleOf(r, c)
	if err != nil {
		return err
	}
	typed.errors = templates.FormErrors{{Message: why}}
	return h.togetherPage(w, r, http.StatusConflict, a, typed)
}

// undoTogether takes back what was set together.
func (h *handlers) undoTogether(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	a, err := principleOf(r, page.CurrentOf(r))
	if err != nil {
		return err
	}
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	_, undoing, err := h.store.Undo(r.Context(), page.ActorOf(r), a.State.ID, []int64{int64(version)})
	if assessment.CodeOf(err) == assessment.Conflict && a.State.Workload.CheckInUse() == nil {
		return h.togetherConflict(w, r, togetherOf(a), err.Error())
	}
	if err != nil {
		return err
	}
	h.Notify(w, page.UndoneNotice(undoing))
	return page.Redirect(w, r, templates.PrincipleURL(a.State.ID, a.Principle.ID))
}

func (h *handlers) togetherPage(w http.ResponseWriter, r *http.Request, status int, a onPrinciple, typed together) error {
	before, err := h.setsHere(r, a)
	if err != nil {
		return err
	}
	v := view.TogetherView{
		Page:    h.Placed(w, r, a.Current, page.TabAnswers, "Set to not applicable"),
		Errors:  typed.errors,
		Action:  templates.TogetherURL(a.State.ID, a.Principle.ID),
		Back:    templates.PrincipleURL(a.State.ID, a.Principle.ID),
		Version: strconv.FormatInt(a.State.Sequence, 10),
		Reason:  page.Printable(typed.reason),
		Reasons: reasonsFor(a),
		Denied:  page.Denied(r, access.ActAnswer, a.State.Workload),
		Before:  before,
	}
	for _, part := range partsOf(a) {
		v.Parts = append(v.Parts, partView(a.Current, part, typed.part))
	}
	return h.Render(w, r, status, view.Together(v))
}

// reasonsFor are the reasons that are offered for a whole part: those of the questionnaire for the principle's practices,
// and those that were given before.
func reasonsFor(a onPrinciple) []string {
	var when []string
	for _, practice := range a.InScope(a.Principle) {
		if practice.NotApplicableWhen != "" && len(when) < maxClauses {
			when = append(when, practice.NotApplicableWhen)
		}
	}
	return offeredReasons(when, a.UsedReasons())
}

func partView(c *assessment.Current, p part, chosen string) view.PartView {
	left, answered, already := 0, 0, 0
	practices, _ := c.Model.PracticesOf(p.kind, p.id)
	for practice := range practices {
		switch answer := c.State.Answer(practice.ID); {
		case c.OutOfScope(practice.ID):
		case answer.Status == assessment.NotApplicable:
			already++
		default:
			left++
			if answer.Status != assessment.Unanswered {
				answered++
			}
		}
	}
	v := view.PartView{Value: partValue(p.kind, p.id), Title: p.title, Empty: left == 0, Says: partSays(left, answered, already)}
	v.Chosen = v.Value == chosen && !v.Empty
	return v
}

// partSays says how many practices a part has left, how many of them are answered, and how many do not apply already.
func partSays(left, answered, already int) string {
	if left == 0 {
		return "No practices left: all are not applicable or out of scope."
	}
	says := fmt.Sprintf("%s, %d answered.", words.Plural(left, "practice", "practices"), answered)
	if already > 0 {
		says += " " + words.Plural(already, "more is already not applicable and keeps its reason.", "more are already not applicable and keep their reason.")
	}
	return says
}

// maxClauses is how many reasons of the questionnaire are offered for a whole part.
const maxClauses = 4

// setsHere lists what was set together and still stands for a practice of the principle, the latest first.
func (h *handlers) setsHere(r *http.Request, a onPrinciple) ([]view.SetView, error) {
	all, err := h.store.Together(r.Context(), a.State.ID)
	if err != nil {
		return nil, err
	}
	var sets []view.SetView
	for i := range all {
		here := func(practice string) bool {
			place, _ := a.Model.Place(practice)
			return place.Principle == a.Principle
		}
		if standing := all[i].Standing(&a.State); slices.ContainsFunc(standing, here) {
			sets = append(sets, h.setView(r, a, &all[i], len(standing)))
		}
	}
	return sets, nil
}

func (h *handlers) setView(r *http.Request, a onPrinciple, set *assessment.Together, standing int) view.SetView {
	v := view.SetView{Undo: templates.UndoTogetherURL(a.State.ID, a.Principle.ID), Sequence: strconv.FormatInt(set.Sequence, 10),
		Says: words.Plural(standing, "practice", "practices") + " set to not applicable by " + words.Cut(set.By, 60), Reason: set.Reason,
		At: view.InstantAt(set.At.In(h.Zone(r)), h.Now(r)), Denied: page.Denied(r, access.ActAnswer, a.State.Workload) != ""}
	for _, part := range partsOf(a) {
		if part.kind == set.Kind && part.id == set.ID {
			v.Title = part.title
		}
	}
	return v
}

// recently is how long a page of the walk offers to undo what was set together.
const recently = 24 * time.Hour

// recentSets lists what was just set together on a page. Most pages have no such answers, and ask nobody.
func (h *handlers) recentSets(r *http.Request, a onPrinciple) []view.SetView {
	since := h.Now(r).Add(-recently)
	for _, practice := range a.InScope(a.Principle) {
		if answer := a.State.Answer(practice.ID); answer.Status != assessment.NotApplicable || answer.At.Before(since) {
			continue
		}
		sets, err := h.setsHere(r, a)
		if err != nil {
			h.Logger.WarnContext(r.Context(), "changes to undo not read", "request", page.RequestNumber(r), "error", err.Error())
		}
		return sets
	}
	return nil
}
