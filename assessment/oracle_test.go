package assessment_test

import (
	"math/big"
	"regexp"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

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

func exactPractices(practices []assessment.Practice, a assessment.Answers) span {
	var weights []*big.Rat
	var spans []span
	for i := range practices {
		weights = append(weights, rat(practices[i].Weight))
		switch a[practices[i].ID].Status {
		case assessment.Adopted:
			spans = append(spans, span{rat(1), rat(1)})
		case assessment.Partial:
			spans = append(spans, span{rat(0.5), rat(0.5)})
		case assessment.Absent:
			spans = append(spans, span{rat(0), rat(0)})
		case assessment.NotApplicable:
			spans = append(spans, span{})
		default:
			spans = append(spans, span{rat(0), rat(1)})
		}
	}
	return exactMean(weights, spans)
}

// exactWeighted is the mean of practices, each by its weight times those of its question and its principle.
func exactWeighted(principles []assessment.Principle, a assessment.Answers) span {
	sum, low, high := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, principle := range principles {
		for _, question := range principle.Questions {
			for _, practice := range question.Practices {
				one := exactPractices([]assessment.Practice{practice}, a)
				if one.low == nil {
					continue
				}
				w := new(big.Rat).Mul(rat(practice.Weight), new(big.Rat).Mul(rat(question.Weight), rat(principle.Weight)))
				sum.Add(sum, w)
				low.Add(low, new(big.Rat).Mul(w, one.low))
				high.Add(high, new(big.Rat).Mul(w, one.high))
			}
		}
	}
	if sum.Sign() == 0 {
		return span{}
	}
	return span{low.Quo(low, sum), high.Quo(high, sum)}
}

func exactPrinciple(scoring assessment.Scoring, principle *assessment.Principle, a assessment.Answers) span {
	if scoring == assessment.ScoreWeights {
		return exactWeighted([]assessment.Principle{*principle}, a)
	}
	var weights []*big.Rat
	var spans []span
	for i := range principle.Questions {
		weights = append(weights, rat(principle.Questions[i].Weight))
		spans = append(spans, exactPractices(principle.Questions[i].Practices, a))
	}
	return exactMean(weights, spans)
}

func exactPillar(scoring assessment.Scoring, pillar *assessment.Pillar, a assessment.Answers) span {
	if scoring == assessment.ScoreWeights {
		return exactWeighted(pillar.Principles, a)
	}
	var weights []*big.Rat
	var spans []span
	for i := range pillar.Principles {
		weights = append(weights, rat(pillar.Principles[i].Weight))
		spans = append(spans, exactPrinciple(scoring, &pillar.Principles[i], a))
	}
	return exactMean(weights, spans)
}

func exactOverall(q *assessment.Questionnaire, p assessment.Priorities, a assessment.Answers) span {
	var weights []*big.Rat
	var spans []span
	for i := range q.Pillars {
		weights = append(weights, rat(p.Of(q.Pillars[i].ID)))
		spans = append(spans, exactPillar(q.Scoring, &q.Pillars[i], a))
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
func (s span) is(r assessment.Range) bool {
	if s.low == nil {
		return r == assessment.Range{}
	}
	hundred := rat(100)
	return r.Applicable && near(r.Low, new(big.Rat).Mul(s.low, hundred)) && near(r.High, new(big.Rat).Mul(s.high, hundred))
}

// with returns the answers with another status for one practice.
func with(a assessment.Answers, practice string, s assessment.Status) assessment.Answers {
	changed := assessment.Answers{}
	for id, answer := range a {
		changed[id] = answer
	}
	changed[practice] = assessment.Answer{Status: s, Reason: "A reason."}
	return changed
}

// inScope returns the answers as they count: a practice whose condition is false is not applicable.
func inScope(q *assessment.Questionnaire, a assessment.Answers, f assessment.Facets) assessment.Answers {
	counted := assessment.Answers{}
	for practice := range q.Practices() {
		counted[practice.ID] = a[practice.ID]
		if outByHand(practice, f) {
			counted[practice.ID] = assessment.Answer{Status: assessment.NotApplicable}
		}
	}
	return counted
}

func outByHand(practice *assessment.Practice, f assessment.Facets) bool {
	when := practice.AppliesWhen.String()
	return when != "" && truthByHand(when, nil, f) == assessment.False
}

// exactSignals returns the state and the true signals of a tradeoff for the answers that count.
func exactSignals(q *assessment.Questionnaire, tradeoff *assessment.Tradeoff, a assessment.Answers, f assessment.Facets) (assessment.TradeoffState, []int) {
	state, live := assessment.Quiet, []int{}
	for _, side := range tradeoff.Sides {
		out := len(side.Practices) > 0
		for practice := range q.Practices() {
			out = out && (!slices.Contains(side.Practices, practice.ID) || outByHand(practice, f))
		}
		if out {
			return state, live
		}
	}
	counted := inScope(q, a, f)
	for i, signal := range tradeoff.Signals {
		switch truthByHand(signal.When.String(), func(id string) assessment.Status { return counted[id].Status }, f) {
		case assessment.True:
			live = append(live, i)
			state = assessment.Live
		case assessment.Maybe:
			if state == assessment.Quiet {
				state = assessment.Possible
			}
		}
	}
	return state, live
}

// truthByHand evaluates the text of a condition while it reads it: it shares nothing with the parser.
func truthByHand(text string, status func(string) assessment.Status, f assessment.Facets) assessment.Truth {
	r := &handReader{tokens: handTokens.FindAllString(text, -1), status: status, facets: f}
	return r.any(false)
}

var handTokens = regexp.MustCompile(`@?[A-Za-z0-9][A-Za-z0-9_.-]*|&&|\|\||[!()]`)

type handReader struct {
	tokens []string
	status func(string) assessment.Status
	facets assessment.Facets
}

func (r *handReader) next() string {
	if len(r.tokens) == 0 {
		return ""
	}
	return r.tokens[0]
}

func (r *handReader) pop() string {
	token := r.tokens[0]
	r.tokens = r.tokens[1:]
	return token
}

func (r *handReader) any(negated bool) assessment.Truth {
	value := r.all(negated)
	for r.next() == "||" {
		r.pop()
		value = kleene(!negated, value, r.all(negated))
	}
	return value
}

func (r *handReader) all(negated bool) assessment.Truth {
	value := r.one(negated)
	for r.next() == "&&" {
		r.pop()
		value = kleene(negated, value, r.one(negated))
	}
	return value
}

func (r *handReader) one(negated bool) assessment.Truth {
	token := r.pop()
	switch {
	case token == "!":
		return r.one(!negated)
	case token == "(":
		value := r.any(negated)
		r.pop()
		return value
	case token[0] == '@':
		return exampletest.LeafValue("@", token[1:], negated, r.status, r.facets)
	case (token == "full" || token == "weak") && r.next() == "(":
		r.pop()
		id := r.pop()
		r.pop()
		return exampletest.LeafValue(token, id, negated, r.status, r.facets)
	}
	return exampletest.LeafValue("id", token, negated, r.status, r.facets)
}

// kleene joins two values: or is true if either is, and is false if either is not.
func kleene(or bool, a, b assessment.Truth) assessment.Truth {
	decides, other := assessment.False, assessment.True
	if or {
		decides, other = assessment.True, assessment.False
	}
	switch {
	case a == decides || b == decides:
		return decides
	case a == assessment.Maybe || b == assessment.Maybe:
		return assessment.Maybe
	default:
		return other
	}
}
