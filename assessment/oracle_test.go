package assessment

import "math/big"

// The oracle computes what the domain page says in the plainest way: exact fractions, everything from scratch.

// span is an exact interval of fractions of 1; nil ends where nothing is applicable.
type span struct{ low, high *big.Rat }

func rat(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }

func exactMean(weights []*big.Rat, spans []span) span {
	sum, low, high := new(big.Rat), new(big.Rat), new(big.Rat)
	for i, s := range spans {
		if s.low == nil {
			continue
		}
		sum.Add(sum, weights[i])
		low.Add(low, new(big.Rat).Mul(weights[i], s.low))
		high.Add(high, new(big.Rat).Mul(weights[i], s.high))
	}
	if sum.Sign() == 0 {
		return span{}
	}
	return span{low.Quo(low, sum), high.Quo(high, sum)}
}

func exactPractices(practices []Practice, a Answers) span {
	var weights []*big.Rat
	var spans []span
	for i := range practices {
		weights = append(weights, rat(practices[i].Weight))
		switch a[practices[i].ID].Status {
		case Adopted:
			spans = append(spans, span{rat(1), rat(1)})
		case Partial:
			spans = append(spans, span{rat(0.5), rat(0.5)})
		case Absent:
			spans = append(spans, span{rat(0), rat(0)})
		case NotApplicable:
			spans = append(spans, span{})
		default:
			spans = append(spans, span{rat(0), rat(1)})
		}
	}
	return exactMean(weights, spans)
}

func exactPrinciple(principle *Principle, a Answers) span {
	var weights []*big.Rat
	var spans []span
	for i := range principle.Questions {
		weights = append(weights, rat(principle.Questions[i].Weight))
		spans = append(spans, exactPractices(principle.Questions[i].Practices, a))
	}
	return exactMean(weights, spans)
}

func exactPillar(pillar *Pillar, a Answers) span {
	var weights []*big.Rat
	var spans []span
	for i := range pillar.Principles {
		weights = append(weights, rat(pillar.Principles[i].Weight))
		spans = append(spans, exactPrinciple(&pillar.Principles[i], a))
	}
	return exactMean(weights, spans)
}

func exactOverall(q *Questionnaire, p Priorities, a Answers) span {
	var weights []*big.Rat
	var spans []span
	for i := range q.Pillars {
		weights = append(weights, rat(p.Of(q.Pillars[i].ID)))
		spans = append(spans, exactPillar(&q.Pillars[i], a))
	}
	return exactMean(weights, spans)
}

// certain returns the exact low on 0–100, 0 where nothing is applicable.
func (s span) certain() *big.Rat {
	if s.low == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Mul(s.low, rat(100))
}

// near reports whether x is the exact number but for the noise of floats.
func near(x float64, exact *big.Rat) bool {
	want, _ := exact.Float64()
	return x-want < 1e-9 && want-x < 1e-9
}

// is reports whether the range is the exact one.
func (s span) is(r Range) bool {
	if s.low == nil {
		return r == Range{}
	}
	hundred := rat(100)
	return r.Applicable && near(r.Low, new(big.Rat).Mul(s.low, hundred)) && near(r.High, new(big.Rat).Mul(s.high, hundred))
}

// with returns the answers with another status for one practice.
func with(a Answers, practice string, s Status) Answers {
	changed := Answers{}
	for id, answer := range a {
		changed[id] = answer
	}
	changed[practice] = Answer{Status: s, Reason: "A reason."}
	return changed
}

// exactSignals evaluates every signal with the exported Eval, and returns the state and the true ones.
func exactSignals(tradeoff *Tradeoff, a Answers) (TradeoffState, []int) {
	state, live := Quiet, []int{}
	for i, signal := range tradeoff.Signals {
		switch signal.When.Eval(func(id string) Status { return a[id].Status }) {
		case True:
			live = append(live, i)
			state = Live
		case Maybe:
			if state == Quiet {
				state = Possible
			}
		}
	}
	return state, live
}
