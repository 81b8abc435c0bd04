package walk

import (
	"strconv"
	"strings"
	"unicode"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/walk"
)

// rail is the way through the questionnaire, seen from one principle.
func rail(c *assessment.Current, pillar *assessment.Pillar, principle *assessment.Principle) view.Rail {
	pillars := c.Model.Questionnaire().Pillars
	list := make(view.Rail, len(pillars))
	for i := range pillars {
		result := &c.Result.Pillars[i]
		list[i] = view.RailPillar{
			ID:    pillars[i].ID,
			Title: pillars[i].Title,
			Short: shortTitle(&pillars[i]),
			URL:   templates.PrincipleURL(c.State.ID, c.FirstOpen(i).ID),
			Count: ratio(result.Score),
			Now:   &pillars[i] == pillar,
			Meter: railMeter(result, principle.ID),
		}
		if list[i].Now {
			list[i].Principles = railPrinciples(c, pillar, result, principle)
		}
	}
	return list
}

func railMeter(pillar *assessment.PillarResult, principle string) view.RailMeter {
	shares, now := make([]float64, len(pillar.Principles)), -1
	for i := range pillar.Principles {
		p := &pillar.Principles[i]
		shares[i] = 1
		if p.Applicable > 0 {
			shares[i] = float64(p.Answered) / float64(p.Applicable)
		}
		if p.ID == principle {
			now = i
		}
	}
	return view.NewRailMeter(shares, now)
}

func railPrinciples(c *assessment.Current, pillar *assessment.Pillar, result *assessment.PillarResult, now *assessment.Principle) []view.RailPrinciple {
	list := make([]view.RailPrinciple, len(pillar.Principles))
	for i := range pillar.Principles {
		p, score := &pillar.Principles[i], result.Principles[i].Score
		list[i] = view.RailPrinciple{
			ID:       p.ID,
			Number:   strconv.Itoa(i + 1),
			Title:    p.Title,
			URL:      templates.PrincipleURL(c.State.ID, p.ID),
			Count:    ratio(score),
			Complete: score.Answered == score.Applicable,
			Now:      p == now,
		}
	}
	return list
}

func ratio(s assessment.Score) string {
	return strconv.Itoa(s.Answered) + "/" + strconv.Itoa(s.Applicable)
}

// shortTitle is a pillar in two to four letters: those that the ids of its principles begin with, else its title's first.
func shortTitle(p *assessment.Pillar) string {
	id := p.Principles[0].ID
	if end := strings.IndexFunc(id, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 2 && end <= 4 {
		return strings.ToUpper(id[:end])
	}
	letters := []rune(p.Title)
	return strings.ToUpper(strings.TrimSpace(string(letters[:min(4, len(letters))])))
}
