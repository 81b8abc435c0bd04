package workloads

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
	"plumbline/templates"
	view "plumbline/templates/workloads"
	"plumbline/web/page"
)

// workloadForm is what was typed about a workload, unchecked.
type workloadForm struct {
	request       string // id that a new workload gets
	name          string
	description   string
	owner         string
	environment   string
	tags          string
	questionnaire string
	team          string            // id; only of a new one
	priorities    map[string]string // by the name of the field

	notMoved templates.FormErrors // why a known one was not put into another team
}

func readWorkloadForm(r *http.Request) workloadForm {
	form := workloadForm{
		request:       r.PostFormValue(view.FieldRequest),
		name:          r.PostFormValue("name"),
		description:   r.PostFormValue("description"),
		owner:         r.PostFormValue("owner"),
		environment:   r.PostFormValue("environment"),
		tags:          r.PostFormValue("tags"),
		questionnaire: r.PostFormValue(view.FieldQuestionnaire),
		team:          r.PostFormValue(templates.FieldTeam),
		priorities:    typedPriorities(r),
	}
	if !ids.Valid(form.request) {
		form.request = ids.New()
	}
	return form
}

func formOf(w assessment.Workload) workloadForm {
	return workloadForm{name: w.Name, description: w.Description, owner: w.Owner, environment: w.Environment, tags: strings.Join(w.Tags, ", ")}
}

// check returns the workload that was typed, or what is wrong with it.
func (f workloadForm) check() (assessment.Workload, templates.FormErrors) {
	w, err := assessment.CheckWorkload(assessment.Workload{Name: f.name, Description: f.description, Owner: f.owner,
		Environment: f.environment, Tags: strings.Split(f.tags, ",")})
	if err == nil {
		return w, nil
	}
	problems, _ := page.Complaints(err)
	return w, problems
}

func (f workloadForm) view(problems templates.FormErrors) view.FormView {
	return view.FormView{
		Errors:      problems,
		Request:     f.request,
		Name:        page.Printable(f.name),
		Description: page.Printable(f.description),
		Owner:       page.Printable(f.owner),
		Environment: page.Printable(f.environment),
		Tags:        page.Printable(f.tags),
	}
}

// differences returns what is stored in the fields where something else was typed.
func (f workloadForm) differences(stored assessment.Workload) map[string]string {
	typed, _ := f.check()
	differ := map[string]string{}
	note := func(field, stored, typed string) {
		if stored == typed {
			return
		}
		if stored == "" {
			stored = "nothing"
		}
		differ[field] = stored
	}
	note("name", stored.Name, typed.Name)
	note("description", stored.Description, typed.Description)
	note("owner", stored.Owner, typed.Owner)
	note("environment", stored.Environment, typed.Environment)
	note("tags", strings.Join(stored.Tags, ", "), strings.Join(typed.Tags, ", "))
	return differ
}

// teamChoice is the list of teams that a new workload may go to, with the chosen one.
type teamChoice struct {
	options []templates.Option
	id      string // of the chosen one; empty where none of the list was
}

// ids returns the chosen team, or all teams if none was chosen.
func (c teamChoice) ids() []string {
	if c.id != "" {
		return []string{c.id}
	}
	var all []string
	for _, option := range c.options {
		all = append(all, option.Value)
	}
	return all
}

// chooseTeam lists the teams in which the visitor may make workloads; where that is one, it is chosen.
func (h *handlers) chooseTeam(r *http.Request, chosen string) (teamChoice, error) {
	teams, err := h.TeamsIn(r.Context(), page.ActorOf(r), access.ActWorkload)
	if err != nil {
		return teamChoice{}, err
	}
	var choice teamChoice
	for _, team := range teams {
		chosen := team.ID == chosen || len(teams) == 1
		if chosen {
			choice.id = team.ID
		}
		choice.options = append(choice.options, templates.Option{Value: team.ID, Title: team.Name, Chosen: chosen})
	}
	return choice, nil
}
