package workloads

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/workloads"
	"plumbline/web/page"
)

func (h *handlers) showPriorities(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	return h.prioritiesPage(w, r, http.StatusOK, c, typedPriorityForm{version: c.State.Version, typed: typedOf(c)})
}

// typedPriorityForm is what was typed into the form of priorities, with what is wrong with it.
type typedPriorityForm struct {
	version  int
	typed    map[string]string
	problems templates.FormErrors
	stored   map[string]string
}

func (h *handlers) prioritiesPage(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, p typedPriorityForm) error {
	form := prioritiesForm(c.Model.Questionnaire().Pillars, p.typed, p.problems)
	form.Stored = p.stored
	v := view.PrioritiesView{
		Page:    h.Placed(w, r, c, page.TabOverview, "Priorities"),
		Action:  templates.PrioritiesURL(c.State.ID),
		Back:    templates.AssessmentURL(c.State.ID),
		Version: strconv.Itoa(p.version),
		Form:    form,
		Denied:  page.Denied(r, access.ActPriorities, c.State.Workload),
	}
	return h.Render(w, r, status, view.Priorities(v))
}

func (h *handlers) setPriorities(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	c := page.CurrentOf(r)
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	typed := typedPriorities(r)
	priorities, problems := readPriorities(c.Model.Questionnaire().Pillars, typed)
	if len(problems) > 0 {
		return h.prioritiesPage(w, r, http.StatusUnprocessableEntity, c, typedPriorityForm{version: version, typed: typed, problems: problems})
	}
	err = h.store.SetPriorities(r.Context(), page.ActorOf(r), c.State.ID, version, priorities)
	if assessment.CodeOf(err) == assessment.Conflict {
		return h.prioritiesConflict(w, r, typed)
	}
	if err != nil {
		return err
	}
	h.Notify(w, "Priorities saved.")
	return page.Redirect(w, r, templates.AssessmentURL(c.State.ID))
}

func (h *handlers) prioritiesConflict(w http.ResponseWriter, r *http.Request, typed map[string]string) error {
	c, err := h.CurrentNow(r)
	if err != nil {
		return err
	}
	stored := typedOf(c)
	for field, value := range stored {
		if value == strings.TrimSpace(typed[field]) {
			delete(stored, field)
		}
	}
	problem := templates.FieldError{Message: "Someone else changed the priorities. Your input is kept, with the saved values next to it. Save again to replace them."}
	return h.prioritiesPage(w, r, http.StatusConflict, c,
		typedPriorityForm{version: c.State.Version, typed: typed, problems: templates.FormErrors{problem}, stored: stored})
}

// typedPriorities returns what was typed into the fields of priorities, by the name of the field.
func typedPriorities(r *http.Request) map[string]string {
	typed := map[string]string{}
	for name := range r.PostForm {
		if strings.HasPrefix(name, view.PriorityName("")) {
			typed[name] = r.PostForm.Get(name)
		}
	}
	return typed
}

// typedOf returns the priorities of an assessment as a person would type them.
func typedOf(c *assessment.Current) map[string]string {
	typed := map[string]string{}
	for _, pillar := range c.Model.Questionnaire().Pillars {
		typed[view.PriorityName(pillar.ID)] = words.Exact(c.State.Priorities.Of(pillar.ID))
	}
	return typed
}

// prioritiesForm asks for the priority of each pillar, with what was typed: 1 where nothing was.
func prioritiesForm(pillars []assessment.Pillar, typed map[string]string, problems templates.FormErrors) view.PrioritiesForm {
	form := view.PrioritiesForm{Errors: problems}
	for _, pillar := range pillars {
		name := view.PriorityName(pillar.ID)
		value, ok := typed[name]
		if !ok {
			value = "1"
		}
		form.Fields = append(form.Fields, view.PriorityField{Name: name, Title: pillar.Title, Value: page.Printable(value)})
	}
	return form
}

// numberPattern is how people write a priority; a decimal comma is understood.
var numberPattern = regexp.MustCompile(`^[0-9]{1,4}([.,][0-9]{1,6})?$`)

// readPriorities returns the priorities that were typed, without those of 1, or what is wrong with them. A pillar that
// the form did not ask about has 1.
func readPriorities(pillars []assessment.Pillar, typed map[string]string) (assessment.Priorities, templates.FormErrors) {
	priorities := assessment.Priorities{}
	var problems templates.FormErrors
	counts := false
	for _, pillar := range pillars {
		name := view.PriorityName(pillar.ID)
		text, ok := typed[name]
		if !ok {
			counts = true
			continue
		}
		priority, ok := readPriority(text)
		if !ok {
			message := fmt.Sprintf("Priority of %s: enter a number from 0 to %d", pillar.Title, assessment.MaxPriority)
			problems = append(problems, templates.FieldError{Field: name, Message: message})
			continue
		}
		counts = counts || priority > 0
		if priority != 1 {
			priorities[pillar.ID] = priority
		}
	}
	if len(problems) == 0 && !counts && len(pillars) > 0 {
		problems = append(problems, templates.FieldError{Field: view.PriorityName(pillars[0].ID),
			Message: "Enter a priority above 0 for at least one pillar"})
	}
	return priorities, problems
}

func readPriority(text string) (float64, bool) {
	text = strings.TrimSpace(text)
	if !numberPattern.MatchString(text) {
		return 0, false
	}
	priority, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	return priority, err == nil && priority <= assessment.MaxPriority
}
