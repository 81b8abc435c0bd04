package walk

import (
	"slices"

	lru "github.com/hashicorp/golang-lru/v2"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/assessment/worksheet"
	"plumbline/templates"
	view "plumbline/templates/walk"
)

// searchTexts are what a search looks at, by questionnaire: to fold them takes longer than to search them.
type searchTexts struct {
	kept *lru.Cache[*assessment.Model, worksheet.Texts]
}

// maxTexts is how many questionnaires a server searches at once without reading them again.
const maxTexts = 16

func newSearchTexts() searchTexts {
	kept, _ := lru.New[*assessment.Model, worksheet.Texts](maxTexts) // fails only where the limit is not above 0
	return searchTexts{kept}
}

func (t searchTexts) of(m *assessment.Model) worksheet.Texts {
	texts, ok := t.kept.Get(m)
	if !ok {
		texts = worksheet.TextsOf(m)
		t.kept.Add(m, texts)
	}
	return texts
}

// chips are the choices of the filter.
func (s *sheet) chips() []view.ChipGroup {
	counts := worksheet.Count(s.rows)
	statuses := view.ChipGroup{Legend: "Status", Name: worksheet.ParamStatus}
	for _, status := range worksheet.Statuses {
		statuses.Chips = append(statuses.Chips, view.Chip{Value: worksheet.StatusWord(status), Label: statusWord(status), Glyph: templates.StatusGlyph(status),
			Count: counts.Statuses[status], On: slices.Contains(s.filter.Statuses, status)})
	}
	risks := view.ChipGroup{Legend: "Risk", Name: worksheet.ParamRisk}
	for _, risk := range worksheet.Risks {
		risks.Chips = append(risks.Chips, view.Chip{Value: string(risk), Label: words.Level(risk), Glyph: templates.LevelGlyph(risk),
			Count: counts.Risks[risk], On: slices.Contains(s.filter.Risks, risk)})
	}
	pillars := view.ChipGroup{Legend: "Pillar", Name: worksheet.ParamPillar}
	for _, pillar := range s.Model.Questionnaire().Pillars {
		pillars.Chips = append(pillars.Chips, view.Chip{Value: pillar.ID, Label: pillar.Title, Count: counts.Pillars[pillar.ID], On: slices.Contains(s.filter.Pillars, pillar.ID)})
	}
	traits := view.ChipGroup{Legend: "Filter", Name: worksheet.ParamTrait}
	for _, trait := range worksheet.Traits {
		if trait == worksheet.Changed && s.last.IsZero() {
			continue
		}
		traits.Chips = append(traits.Chips, view.Chip{Value: string(trait), Label: s.traitWord(trait), Count: counts.Traits[trait], On: slices.Contains(s.filter.Traits, trait)})
	}
	return []view.ChipGroup{statuses, risks, traits, pillars}
}

func statusWord(status assessment.Status) string {
	if status == assessment.Unanswered {
		return "Unanswered"
	}
	return words.StatusShort(status)
}

func (s *sheet) traitWord(trait worksheet.Trait) string {
	switch trait {
	case worksheet.HasNote:
		return "Has note"
	case worksheet.NoEvidence:
		return "No evidence"
	case worksheet.Changed:
		return "Changed since " + words.Day(s.last)
	}
	return "Answered by me"
}

// tradeoffs are those that a filter may ask for.
func (s *sheet) tradeoffs() []templates.Option {
	list := []templates.Option{{Title: "Any", Chosen: s.filter.Tradeoff == ""}}
	for _, tradeoff := range s.Model.Questionnaire().Tradeoffs {
		list = append(list, templates.Option{Value: tradeoff.ID, Title: tradeoff.Title, Chosen: s.filter.Tradeoff == tradeoff.ID})
	}
	return list
}
