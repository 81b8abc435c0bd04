package snapshots

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
)

func (p *snapshotPage) addTradeoffs(view *view.SnapshotView) {
	for _, result := range p.Result.Tradeoffs {
		tradeoff, ok := p.model.Tradeoff(result.ID)
		if !ok {
			continue
		}
		row := p.tradeoff(tradeoff, result)
		switch {
		case row.State == assessment.Live:
			view.Live = append(view.Live, row)
		case row.Decision != nil:
			view.Decided = append(view.Decided, row)
		default:
			view.Rest = append(view.Rest, row)
		}
	}
}

func (p *snapshotPage) tradeoff(tradeoff *assessment.Tradeoff, result assessment.TradeoffResult) view.SnapshotTradeoff {
	row := view.SnapshotTradeoff{
		Title: tradeoff.Title, Decide: tradeoff.Decide, State: result.State, Pulls: result.Pulls,
		Labels: [2]string{tradeoff.Sides[0].Label, tradeoff.Sides[1].Label},
	}
	for _, i := range result.Signals {
		if i < len(tradeoff.Signals) {
			row.Signals = append(row.Signals, tradeoff.Signals[i].Says)
		}
	}
	if decision, ok := p.decisions[tradeoff.ID]; ok {
		row.Decision = snapshotDecision(decision, decision.Stale(result))
	}
	return row
}

func snapshotDecision(d assessment.Decision, stale bool) *view.SnapshotDecision {
	shown := &view.SnapshotDecision{Choice: words.Choice(d.Choice), Rationale: d.Rationale, Mitigations: d.Mitigations, Stale: stale}
	add := func(name, value string) {
		if value != "" {
			shown.Facts = append(shown.Facts, templates.SnapshotFact{Name: name, Value: value})
		}
	}
	add("Owner", d.Owner)
	add("Decided", words.Date(d.Date))
	add("Look again", words.Date(d.RevisitOn))
	add("Recorded by", d.By)
	return shown
}

func (p *snapshotPage) addPlan(v *view.SnapshotView) {
	advice := make(map[string]assessment.Recommendation, len(p.Result.Recommendations))
	for _, one := range p.Result.Recommendations {
		advice[one.Practice] = one
	}
	for _, item := range p.Plan {
		place, ok := p.model.Place(item.Practice)
		if !ok {
			continue
		}
		row := view.SnapshotPlanItem{Practice: place.Practice.Title, Anchor: anchorOf(item.Practice),
			Status: p.Answers[item.Practice].Status, Owner: item.Owner, Due: words.Date(item.Due), URL: webLink(item.URL)}
		if one, ok := advice[item.Practice]; ok {
			row.Severity, row.Gain = one.Severity, words.Signed(one.Gain, 2)
		}
		v.Plan = append(v.Plan, row)
	}
}

// answers returns every practice of the questionnaire with what was answered.
func (p *snapshotPage) answers() []view.SnapshotAnswers {
	results := map[string]assessment.Score{}
	for i := range p.Result.Pillars {
		results[p.Result.Pillars[i].ID] = p.Result.Pillars[i].Score
		for j := range p.Result.Pillars[i].Principles {
			principle := &p.Result.Pillars[i].Principles[j]
			results[principleKey+principle.ID] = principle.Score
		}
	}
	pages := make([]view.SnapshotAnswers, 0, len(p.Questionnaire.Pillars))
	for i := range p.Questionnaire.Pillars {
		pillar := &p.Questionnaire.Pillars[i]
		score := results[pillar.ID]
		page := view.SnapshotAnswers{Title: pillar.Title, Summary: progress(score) + ", score " + words.Range(score.Range)}
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			page.Principles = append(page.Principles, view.SnapshotPrinciple{
				Title: principle.Title, Span: words.Range(results[principleKey+principle.ID].Range), Questions: p.questions(principle),
			})
		}
		pages = append(pages, page)
	}
	return pages
}

// principleKey keeps principles apart from pillars of the same id.
const principleKey = "principle "

func (p *snapshotPage) questions(principle *assessment.Principle) []view.SnapshotQuestion {
	questions := make([]view.SnapshotQuestion, len(principle.Questions))
	for i := range principle.Questions {
		question := &principle.Questions[i]
		questions[i].Title = question.Title
		for j := range question.Practices {
			questions[i].Answers = append(questions[i].Answers, p.answer(&question.Practices[j]))
		}
	}
	return questions
}

func (p *snapshotPage) answer(practice *assessment.Practice) view.SnapshotAnswer {
	answer := p.Answers[practice.ID]
	row := view.SnapshotAnswer{Anchor: anchorOf(practice.ID), Practice: practice.Title, Status: answer.Status,
		Reason: answer.Reason, Note: answer.Note}
	for _, link := range answer.Evidence {
		address := webLink(link.URL)
		if address == "" {
			continue
		}
		title := link.Title
		if title == "" {
			title = address
		}
		row.Evidence = append(row.Evidence, templates.Link{Title: title, URL: address})
	}
	return row
}
