package assessment

import "slices"

// Model is a compiled questionnaire: everything that scoring needs is laid out in arrays by position, so that one
// result takes microseconds. It is immutable and safe for concurrent use.
type Model struct {
	questionnaire *Questionnaire
	practices     []modelPractice // in the questionnaire's order, as all that follow
	ids           []string        // of practices; beside them, as weights, because scoring runs through these alone
	weights       []float64       // of practices
	questions     []modelGroup    // over practices
	principles    []modelGroup    // over questions
	pillars       []modelGroup    // over principles
	risks         []modelRisks    // by question
	tradeoffs     []modelTradeoff
	signals       []program // of all tradeoffs, one after the other
	facets        []string  // ids, in the questionnaire's order
	scopes        []program // by practice when it applies, nil for always; none at all where every practice always applies
	byWeight      bool      // the scoring is ScoreWeights
	pillarOrder   []int     // the order in which pillars are added up

	practiceAt  map[string]int
	principleAt map[string]int
	pillarAt    map[string]int
	tradeoffAt  map[string]int
	facetAt     map[string]int
}

// program is a compiled expression over positions: of practices, and after them of facets.
type program []step

// modelPractice is a practice with its place.
type modelPractice struct {
	risk      Level  // that it counts with
	effort    Effort // empty where it is not rated
	rated     bool
	question  int
	signalled []int // tradeoffs that name it in a signal
	named     []int // tradeoffs that name it in a signal or a side
}

// modelGroup is a level over the children first to end-1. Sums run over order, which is by id: so no rearrangement of
// a questionnaire can change a score, not even its last bit.
type modelGroup struct {
	id         string
	weight     float64
	parent     int
	first, end int
	order      []int
}

// modelRisks holds the risk rules of a question.
type modelRisks []modelRisk

type modelRisk struct {
	always bool
	when   program
	risk   Level
}

// modelTradeoff is a tradeoff with its signals (first to end-1) and the practices of its sides in order of their ids.
type modelTradeoff struct {
	id         string
	first, end int
	sides      [2][]int
}

// above returns the positions of the question, the principle and the pillar of a practice.
func (m *Model) above(practice int) (question, principle, pillar int) {
	question = m.practices[practice].question
	principle = m.questions[question].parent
	return question, principle, m.principles[principle].parent
}

// practicesOf returns the positions of the practices of a pillar: from first to end-1. A pillar, a principle and a
// question may be empty.
func (m *Model) practicesOf(pillar int) (first, end int) {
	group := &m.pillars[pillar]
	for _, principle := range m.principles[group.first:group.end] {
		for _, question := range m.questions[principle.first:principle.end] {
			if end == 0 {
				first = question.first
			}
			end = question.end
		}
	}
	return first, end
}

// Questionnaire returns what the model was compiled from. It is not to be changed.
func (m *Model) Questionnaire() *Questionnaire { return m.questionnaire }

// PracticeCount returns how many practices the questionnaire has, whatever applies.
func (m *Model) PracticeCount() int { return len(m.practices) }

// Place is where a practice stands in its questionnaire.
type Place struct {
	Pillar    *Pillar
	Principle *Principle
	Question  *Question
	Practice  *Practice
	Index     int // over the whole questionnaire, from 0
}

// Place returns where the practice stands, and false where the questionnaire has no such practice.
func (m *Model) Place(practice string) (Place, bool) {
	i, ok := m.practiceAt[practice]
	if !ok {
		return Place{}, false
	}
	question, principle, pillar := m.above(i)
	place := Place{Pillar: &m.questionnaire.Pillars[pillar], Index: i}
	place.Principle = &place.Pillar.Principles[principle-m.pillars[pillar].first]
	place.Question = &place.Principle.Questions[question-m.principles[principle].first]
	place.Practice = &place.Question.Practices[i-m.questions[question].first]
	return place, true
}

// PrinciplePlace is where a principle stands in the walk through a questionnaire.
type PrinciplePlace struct {
	Pillar    *Pillar
	Principle *Principle
	Index     int        // over the whole questionnaire, from 0
	Previous  *Principle // nil for the first
	Next      *Principle // nil for the last
}

// Principle returns where the principle stands, and false where the questionnaire has no such principle.
func (m *Model) Principle(id string) (PrinciplePlace, bool) {
	i, ok := m.principleAt[id]
	if !ok {
		return PrinciplePlace{}, false
	}
	return PrinciplePlace{
		Pillar:    &m.questionnaire.Pillars[m.principles[i].parent],
		Principle: m.principle(i),
		Index:     i,
		Previous:  m.principle(i - 1),
		Next:      m.principle(i + 1),
	}, true
}

// principle returns the principle at a position, nil beyond the ends.
func (m *Model) principle(i int) *Principle {
	if i < 0 || i >= len(m.principles) {
		return nil
	}
	pillar := m.principles[i].parent
	return &m.questionnaire.Pillars[pillar].Principles[i-m.pillars[pillar].first]
}

// Pillar returns the pillar, and false where the questionnaire has no such pillar.
func (m *Model) Pillar(id string) (*Pillar, bool) {
	i, ok := m.pillarAt[id]
	if !ok {
		return nil, false
	}
	return &m.questionnaire.Pillars[i], true
}

// Facet returns the facet, and false where the questionnaire has no such facet.
func (m *Model) Facet(id string) (*Facet, bool) {
	i, ok := m.facetAt[id]
	if !ok {
		return nil, false
	}
	return &m.questionnaire.Facets[i], true
}

// Tradeoff returns the tradeoff, and false where the questionnaire has no such tradeoff.
func (m *Model) Tradeoff(id string) (*Tradeoff, bool) {
	i, ok := m.tradeoffAt[id]
	if !ok {
		return nil, false
	}
	return &m.questionnaire.Tradeoffs[i], true
}

// TradeoffsOf returns the ids of the tradeoffs that name the practice in a signal or a side, in the questionnaire's
// order.
func (m *Model) TradeoffsOf(practice string) []string {
	i, ok := m.practiceAt[practice]
	if !ok {
		return nil
	}
	return m.tradeoffIDs(m.practices[i].named)
}

func (m *Model) tradeoffIDs(positions []int) []string {
	ids := make([]string, len(positions))
	for i, at := range positions {
		ids[i] = m.tradeoffs[at].id
	}
	return ids
}

// band returns the last band that starts at or below the score, which is on 0–100; the zero Band where none does. A
// score that binary fractions leave a hair below the start of a band is in it.
func (m *Model) band(score float64) Band {
	return BandAt(m.questionnaire.Bands, score)
}

// BandAt returns the last band that starts at or below the score, as Model.band does.
func BandAt(bands []Band, score float64) Band {
	for _, band := range slices.Backward(bands) {
		if band.From <= score+noise {
			return band
		}
	}
	return Band{}
}

// prioritiesOf returns the priority of each pillar by position.
func (m *Model) prioritiesOf(p Priorities) []float64 {
	priorities := make([]float64, len(m.pillars))
	for i := range m.pillars {
		priorities[i] = p.Of(m.pillars[i].id)
	}
	return priorities
}
