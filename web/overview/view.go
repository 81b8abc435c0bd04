package overview

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/overview"
	"plumbline/web/page"
)

// How much of a list the overview shows.
const (
	worstFindings   = 10
	nextActions     = 8
	descriptionLead = 280 // characters
	titleLead       = 36  // characters of a principle's title on a button
)

// overviewView is what the view model of the overview is made from.
type overviewView struct {
	c        *assessment.Current
	last     *assessment.SnapshotInfo // nil where there is none
	position string                   // principle where the person stopped; may be empty
	now      time.Time
	newer    []assessment.LibraryEntry // versions of the questionnaire, the newest first

	counted, apart assessment.Sum // what counts in the overall score, and what priority 0 leaves out; from build
}

func (o overviewView) build() view.OverviewView {
	state, result := &o.c.State, o.c.Result
	w := state.Workload
	id := state.ID
	o.counted, o.apart = result.Split(state.Priorities)
	view := view.OverviewView{
		Name:             w.Name,
		About:            page.AboutWorkload(w),
		Reviewed:         o.reviewed(),
		QuestionnaireURL: templates.AssessmentQuestionnaireURL(id),
		News:             o.news(),
		Settings:         templates.EditWorkloadURL(w.ID),
		History:          templates.HistoryURL(state.ID, ""),
		Priorities:       templates.PrioritiesURL(id),
		Scope:            o.scope(),
		Reports:          templates.ReportsURL(id),
		Snapshots:        templates.SnapshotsURL(id),
		FindingsURL:      templates.FindingsURL(id),
		Tradeoffs:        templates.TradeoffsURL(id),
		Plan:             templates.PlanURL(id),
		GoOn:             o.goOn(),
		Bands:            o.c.Model.Questionnaire().Bands,
		Overall:          result.Overall,
		Progress:         progressOf(result, o.counted, o.apart),
	}
	view.Untraded = len(o.c.Model.Questionnaire().Tradeoffs) == 0
	if view.Lead = words.Cut(w.Description, descriptionLead); view.Lead != w.Description {
		view.Description = w.Description
	}
	if w.Archived() {
		view.Archived = "Archived on " + o.day(w.ArchivedAt)
	}
	o.scores(&view)
	if !result.Overall.Started() {
		view.Begin = o.begin()
		return view
	}
	findings, _ := o.c.Model.SplitFindings(o.c.Full().Findings, state.Priorities)
	for _, finding := range findings[:min(len(findings), worstFindings)] {
		view.Findings = append(view.Findings, findingLine(o.c, finding))
	}
	if len(findings) > worstFindings {
		view.FindingsOf = fmt.Sprintf("%d of %d.", worstFindings, len(findings))
	}
	view.Unknown = strings.TrimSpace(unknownText(o.counted.Unknown) + " " + story.ApartUnknown(o.apart))
	view.Decisions, view.DecisionsOf = o.decisions()
	view.Actions = o.actions()
	return view
}

func (o overviewView) day(t time.Time) string { return words.Day(t.In(o.now.Location())) }

// scope links to what the workload does, and says how much of the questionnaire that leaves.
func (o overviewView) scope() templates.Link {
	if len(o.c.Model.Questionnaire().Facets) == 0 {
		return templates.Link{}
	}
	total := o.c.Model.PracticeCount()
	if len(o.c.State.Facets.Of(o.c.Model)) == 0 {
		return templates.Link{URL: templates.ScopeURL(o.c.State.ID), Title: fmt.Sprintf("Scope: not set, all %s apply", words.Plural(total, "practice", "practices"))}
	}
	return templates.Link{URL: templates.ScopeURL(o.c.State.ID),
		Title: fmt.Sprintf("Scope: %s of %s", words.Count(total-len(o.c.Result.OutOfScope)), words.Plural(total, "practice", "practices"))}
}

func (o overviewView) reviewed() string {
	questionnaire := o.c.State.Questionnaire
	return fmt.Sprintf("Questionnaire: %s %s · started %s", questionnaire.Title, questionnaire.Version, o.day(o.c.State.CreatedAt))
}

// news says that there is a newer version of the questionnaire, and what a move to another one has left to answer.
func (o overviewView) news() []templates.Link {
	var news []templates.Link
	if len(o.newer) > 0 && !o.c.State.Workload.Archived() {
		news = append(news, templates.Link{Title: "Questionnaire " + words.Cut(o.newer[0].Version, 40) + " is available. Review changes",
			URL: templates.MoveURL(o.c.State.ID, o.newer[0].SHA256)})
	}
	if n := len(page.OffersOf(o.c)); n > 0 {
		news = append(news, templates.Link{Title: words.Plural(n, "practice needs", "practices need") + " review: the questionnaire changed",
			URL: templates.AssessmentQuestionnaireURL(o.c.State.ID) + "#kept"})
	}
	return news
}

func (o overviewView) goOn() *templates.Link {
	principle := o.c.NextPrinciple(o.position)
	if principle == nil {
		return nil
	}
	verb := "Continue: "
	if !o.c.Result.Overall.Started() {
		verb = "Begin: "
	}
	return &templates.Link{Title: verb + words.Cut(principle.Title, titleLead), URL: templates.PrincipleURL(o.c.State.ID, principle.ID)}
}

// scores fills in the numbers, beside those of the last snapshot.
func (o overviewView) scores(v *view.OverviewView) {
	result := o.c.Result
	v.Total = sumLine(story.AllPillars, o.counted)
	if o.apart.Pillars > 0 {
		left := sumLine(story.LeftOut, o.apart)
		v.LeftOut = &left
	}
	if o.last != nil && o.last.Overall.Range.Applicable {
		v.Was = o.last.Overall.Range
		v.Total.Was = v.Was
		v.WasText = wasText(o.c.Model.Questionnaire().Bands, result.Overall.Range, v.Was, o.last.TakenAt.In(o.now.Location()), o.now)
	}
	for i, pillar := range o.c.Model.Questionnaire().Pillars {
		score := result.Pillars[i]
		line := view.PillarLine{
			Title:    pillar.Title,
			URL:      templates.PrincipleURL(o.c.State.ID, o.c.FirstOpen(i).ID),
			Priority: page.PriorityMark(o.c.State.Priorities.Of(pillar.ID)),
			Score:    score.Score,
			Was:      o.was(pillar.ID),
			Findings: score.Findings,
			Unknown:  score.Unknown.High,
		}
		v.Weighted = v.Weighted || line.Priority != ""
		v.Pillars = append(v.Pillars, line)
		v.Radar = append(v.Radar, templates.RadarAxis{Title: pillar.Title, Now: score.Range, Before: line.Was})
	}
}

func sumLine(title string, sum assessment.Sum) view.PillarLine {
	tally := story.TallyOf(sum)
	return view.PillarLine{Title: title, Score: sum.Score, Findings: tally.Findings, Unknown: tally.Unknown}
}

func wasText(bands []assessment.Band, score, was assessment.Range, at, now time.Time) string {
	when := " on " + words.Moment(at, now)
	if words.Day(at) == words.Day(now) {
		when = " at " + words.Moment(at, now)
	}
	if words.Score(bands, score) == words.Score(bands, was) {
		return "as" + when
	}
	return "was " + words.Score(bands, was) + when
}

// was returns the score of a pillar in the last snapshot, not applicable where there is none.
func (o overviewView) was(pillar string) assessment.Range {
	if o.last == nil {
		return assessment.Range{}
	}
	i := slices.IndexFunc(o.last.Pillars, func(p assessment.PillarSummary) bool { return p.ID == pillar })
	if i < 0 {
		return assessment.Range{}
	}
	return o.last.Pillars[i].Range
}

func progressOf(result *assessment.Result, counted, apart assessment.Sum) view.Progress {
	progress := view.Progress{Text: fmt.Sprintf("%d of %s answered", counted.Answered, words.Plural(counted.Applicable, "practice", "practices"))}
	if without := counted.Total - counted.Applicable; without > 0 {
		progress.Text += fmt.Sprintf(", %d not applicable", without)
	}
	if text := story.ApartAnswered(apart); text != "" {
		progress.Text += "; " + text
	}
	for _, pillar := range result.Pillars {
		for _, principle := range pillar.Principles {
			cell := view.ProgressCell{Share: 1}
			if principle.Score.Applicable > 0 {
				cell.Share = float64(principle.Answered) / float64(principle.Score.Applicable)
			}
			progress.Cells = append(progress.Cells, cell)
		}
	}
	return progress
}

// unknownText counts the unanswered practices by risk.
func unknownText(unknown assessment.Counts) string {
	if unknown.Total() == 0 {
		return ""
	}
	return fmt.Sprintf("Unanswered: %d high risk, %d medium risk and %d low risk.", unknown.High, unknown.Medium, unknown.Low)
}

// begin lists where the questions of each pillar begin.
func (o overviewView) begin() []view.BeginLine {
	var lines []view.BeginLine
	for i, pillar := range o.c.Model.Questionnaire().Pillars {
		first := &pillar.Principles[0]
		count := words.Plural(len(pillar.Principles), "principle", "principles") + ", " +
			words.Plural(o.c.Result.Pillars[i].Total, "practice", "practices")
		lines = append(lines, view.BeginLine{Pillar: pillar.Title, Principle: first.Title,
			URL: templates.PrincipleURL(o.c.State.ID, first.ID), Count: count})
	}
	return lines
}
