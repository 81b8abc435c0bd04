package assessment

import "math"

// Score returns the scores, findings, unknown counts and tradeoffs that follow from answers, priorities and facets,
// without recommendations. What the questionnaire does not know is ignored. Findings are in rank order, with their
// gains.
func (m *Model) Score(a Answers, p Priorities, f Facets) *Result {
	return m.evaluate(m.inputsOf(a, f), m.prioritiesOf(p)).result()
}

// ScoreState returns the Score of an assessment as it is now, without findings, which Current.Worst finds.
func (m *Model) ScoreState(s *State) *Result {
	said := func(i int) statusCode { return codeOf(s.Answer(m.ids[i]).Status) }
	e := m.evaluate(m.inputs(said, s.Facets), m.prioritiesOf(s.Priorities))
	r := e.scores()
	r.evaluation = e
	return r
}

// Project returns the Score as if the practices were adopted. Practices that are not applicable or out of scope stay so,
// and ids that the questionnaire does not know are ignored.
func (m *Model) Project(a Answers, p Priorities, f Facets, practices []string) *Result {
	in := m.inputsOf(a, f)
	for _, id := range practices {
		if i, ok := m.practiceAt[id]; ok && in.operands[i].improvable() {
			in.operands[i] = codeAdopted
		}
	}
	return m.evaluate(in, m.prioritiesOf(p)).result()
}

// tally is the score of one level as a fraction of 1, with the counts below it.
type tally struct {
	low, high  float64
	weight     float64 // sum over the applicable children; 0 where nothing is applicable
	open       int     // unanswered practices that the score rests on
	answered   int
	applicable int
	total      int // practices in scope
}

// mean adds up children. Everything stays a fraction until the end: a level whose children are all 1 is then exactly
// 1, rounding is monotone, and low and high are the same operations on the same numbers where nothing is open.
type mean struct {
	tally
	sumLow, sumHigh float64
}

func (s *mean) add(weight, low, high float64) {
	s.weight += weight
	s.sumLow += weight * low
	s.sumHigh += weight * high
}

// addLevel adds a level; one with nothing applicable, or without weight, leaves the mean and is counted only.
func (s *mean) addLevel(weight float64, child *tally) {
	s.answered += child.answered
	s.applicable += child.applicable
	s.total += child.total
	if child.weight == 0 || weight == 0 {
		return
	}
	s.open += child.open
	s.add(weight, child.low, child.high)
}

func (s *mean) close() tally {
	if s.weight > 0 {
		s.low, s.high = s.sumLow/s.weight, s.sumHigh/s.weight
	}
	return s.tally
}

// reach returns the range of the level. While something is open its ends differ, even where the weight of what is
// open is too small for the difference to show in a float.
func (t *tally) reach() Range {
	if t.weight == 0 {
		return Range{}
	}
	r := Range{Low: 100 * t.low, High: 100 * t.high, Applicable: true}
	if t.open == 0 || r.Low < r.High {
		return r
	}
	if r.High < 100 {
		r.High = math.Nextafter(r.Low, 100)
	} else {
		r.Low = math.Nextafter(100, 0)
	}
	return r
}

// score returns the score of the level with its bands.
func (m *Model) score(t *tally) Score {
	s := Score{Range: t.reach(), Answered: t.answered, Applicable: t.applicable, Total: t.total}
	if s.Range.Applicable {
		s.Band, s.BandHigh = m.band(s.Low).ID, m.band(s.High).ID
	}
	return s
}

// evaluation holds what is computed once for given inputs and priorities.
type evaluation struct {
	model      *Model
	inputs                  // statuses of practices and facets, as programs index them
	statuses   []statusCode // of practices alone, the same ones
	priorities []float64
	questions  []tally
	principles []tally
	pillars    []tally
	overall    tally
	signals    []Truth
}

// evaluate scores all levels and signals. It keeps the inputs.
func (m *Model) evaluate(in inputs, priorities []float64) *evaluation {
	e := m.tallies(in, priorities)
	e.signals = make([]Truth, len(m.signals))
	for i, signal := range m.signals {
		e.signals[i] = evaluate(signal, in.operands)
	}
	return e
}

// tallies scores all levels.
func (m *Model) tallies(in inputs, priorities []float64) *evaluation {
	e := &evaluation{
		model:      m,
		inputs:     in,
		statuses:   in.operands[:len(m.practices)],
		priorities: priorities,
		questions:  make([]tally, len(m.questions)),
		principles: make([]tally, len(m.principles)),
		pillars:    make([]tally, len(m.pillars)),
	}
	for i := range e.questions {
		e.questions[i] = e.practices(m.questions[i].order)
	}
	for i := range e.principles {
		e.principles[i] = m.level(&m.principles[i], m.questions, e.questions)
	}
	for i := range e.pillars {
		e.pillars[i] = m.level(&m.pillars[i], m.principles, e.principles)
	}
	e.overall = e.total()
	return e
}

// practices returns the tally of any practices: of a question, or of a side of a tradeoff.
func (e *evaluation) practices(positions []int) tally {
	var sum mean
	for _, i := range positions {
		if e.isOut(i) {
			continue
		}
		sum.total++
		status := e.statuses[i]
		if status == codeNotApplicable {
			continue
		}
		sum.applicable++
		if status == codeUnanswered {
			sum.open++
		} else {
			sum.answered++
		}
		sum.add(e.model.weights[i], status.lowest(), status.highest())
	}
	return sum.close()
}

// level returns the tally of a group from those of its children.
func (m *Model) level(group *modelGroup, children []modelGroup, tallies []tally) tally {
	var sum mean
	for _, i := range group.order {
		sum.addLevel(m.weightOf(&children[i], &tallies[i]), &tallies[i])
	}
	return sum.close()
}

// leastWeight is what a child counts at least, so that products of tiny weights do not vanish: a level with nothing but
// such children has a score too.
const leastWeight = 1e-290

// weightOf returns how much a child counts in its level. By weights it is that of all its applicable practices together,
// which makes the mean of children the mean of practices.
func (m *Model) weightOf(child *modelGroup, t *tally) float64 {
	if !m.byWeight {
		return child.weight
	}
	return max(child.weight*t.weight, leastWeight)
}

// total returns the overall tally. Its counts include pillars of priority 0, its score does not.
func (e *evaluation) total() tally {
	var sum mean
	for _, i := range e.model.pillarOrder {
		sum.addLevel(e.priorities[i], &e.pillars[i])
	}
	return sum.close()
}
