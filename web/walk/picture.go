package walk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

const (
	maxFindings = 5 // of the pillar beside a page
	maxLive     = 3 // tradeoffs that went live beside a page
)

// picture is the live side of a principle's page, with what has changed since it was loaded. It is the same for
// everybody.
func picture(c *assessment.Current, pillar *assessment.Pillar, principle *assessment.Principle, was since) view.Picture {
	result := pillarResult(c, pillar)
	bands := c.Model.Questionnaire().Bands
	v := view.Picture{
		Sequence:   strconv.FormatInt(c.State.Sequence, 10),
		Bands:      bands,
		Pillar:     view.ScoreView{Title: pillar.Title, Now: result.Score, Was: changed(bands, was.pillar, result.Range)},
		Overall:    view.ScoreView{Title: "Overall", Now: c.Result.Overall, Was: changed(bands, was.overall, c.Result.Overall.Range)},
		Progress:   progressHere(c, result, principle, was),
		Risks:      ruledRisks(c, result, principle),
		Found:      result.Findings.Total(),
		FindingURL: templates.FindingsURL(c.State.ID),
	}
	for _, finding := range c.Worst(pillar.ID, maxFindings) {
		place, _ := c.Model.Place(finding.Practice)
		v.Findings = append(v.Findings, view.FindingView{Practice: finding.Practice, Title: place.Practice.Title,
			URL: templates.PracticeURL(c.State.ID, place.Principle.ID, finding.Practice), Severity: finding.Severity})
	}
	return v
}

// changed returns what a range was, not applicable where people see no difference.
func changed(bands []assessment.Band, was, now assessment.Range) assessment.Range {
	if words.Score(bands, was) == words.Score(bands, now) {
		return assessment.Range{}
	}
	return was
}

// progressHere says how far the pillar is, and what the answers on the page have done to its range.
func progressHere(c *assessment.Current, pillar *assessment.PillarResult, principle *assessment.Principle, was since) string {
	sentence := strconv.Itoa(pillar.Answered) + " of " + words.Plural(pillar.Applicable, "practice", "practices") + " answered."
	given := was.open - openOn(c, principle)
	narrower := assessment.Round((was.pillar.High - was.pillar.Low) - (pillar.High - pillar.Low))
	if was.known && given > 0 && narrower > 0 && pillar.Range.Applicable {
		sentence += " " + words.Plural(given, "answer", "answers") + " narrowed the range by " + words.Plural(narrower, "point", "points") + "."
	}
	return sentence
}

// wentLive lists the tradeoffs that are live by answers of the page and were not when it was loaded, newest first.
func (h *handlers) wentLive(r *http.Request, c *assessment.Current, principle *assessment.Principle, was since) []view.LiveView {
	type news struct {
		result *assessment.TradeoffResult
		by     assessment.SavedAnswer
	}
	var all []news
	here := tradeoffsOn(c, principle)
	for i := range c.Result.Tradeoffs {
		result := &c.Result.Tradeoffs[i]
		if result.State != assessment.Live || !here[result.ID] || was.wasLive(result.ID) {
			continue
		}
		if by := lastCause(c, principle, result); by != "" {
			all = append(all, news{result, c.State.Answer(by)})
		}
	}
	slices.SortStableFunc(all, func(a, b news) int { return b.by.At.Compare(a.by.At) })
	var views []view.LiveView
	for _, one := range all[:min(len(all), maxLive)] {
		views = append(views, h.liveView(r, c, one.result, one.by))
	}
	return views
}

// tradeoffsOn returns the ids of the tradeoffs that name a practice of a page: only these can rest on it.
func tradeoffsOn(c *assessment.Current, principle *assessment.Principle) map[string]bool {
	ids := map[string]bool{}
	for practice := range principle.Practices() {
		for _, id := range c.Model.TradeoffsOf(practice.ID) {
			ids[id] = true
		}
	}
	return ids
}

// lastCause returns the practice of the page whose answer came last among those that make a live tradeoff's signals true;
// empty where the signals rest on other pages.
func lastCause(c *assessment.Current, principle *assessment.Principle, result *assessment.TradeoffResult) string {
	tradeoff, _ := c.Model.Tradeoff(result.ID)
	last := ""
	for _, signal := range result.Signals {
		practices, _ := c.Reasons(tradeoff.Signals[signal].When)
		for _, practice := range practices {
			place, _ := c.Model.Place(practice)
			if place.Principle == principle && (last == "" || c.State.Answer(practice).At.After(c.State.Answer(last).At)) {
				last = practice
			}
		}
	}
	return last
}

func (h *handlers) liveView(r *http.Request, c *assessment.Current, result *assessment.TradeoffResult, by assessment.SavedAnswer) view.LiveView {
	tradeoff, _ := c.Model.Tradeoff(result.ID)
	pulls := tradeoff.Shown(result.Pulls, c.Counted)
	view := view.LiveView{
		ID:    result.ID,
		Title: tradeoff.Title,
		URL:   templates.TradeoffURL(c.State.ID, result.ID),
		Kind:  tradeoff.Kind(result.Signals),
		Left:  sideView(c, tradeoff.Sides[0], pulls[0]),
		Right: sideView(c, tradeoff.Sides[1], pulls[1]),
		Pulls: pulls,
		At:    h.instant(r, by),
	}
	for _, signal := range result.Signals {
		view.Says = append(view.Says, tradeoff.Signals[signal].Says)
	}
	if place, ok := c.Model.Place(by.Practice); ok {
		view.By = "answer " + strconv.Itoa(numberOf(c, place))
	}
	return view
}

func sideView(c *assessment.Current, side assessment.Side, pull assessment.Range) view.SideView {
	return view.SideView{Pull: words.Pull(pull), Label: side.Label, Pillars: strings.Join(page.PillarTitles(c, side.Pillars), ", ")}
}
