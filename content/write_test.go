package content

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

func TestWriteBuiltin(t *testing.T) {
	q := mustBuiltin(t)
	if got := rewritten(t, q); !reflect.DeepEqual(got, q) {
		t.Error("the built-in questionnaire does not read back equal")
	}
}

func TestWriteLooksAsPeopleWrite(t *testing.T) {
	q, err := ReadQuestionnaire("small.yaml", strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	q.Summary = strings.TrimSpace(strings.Repeat("Words that go on. ", 12))
	q.Pillars[0].Principles[0].Weight = 0.5
	var b bytes.Buffer
	if err := WriteQuestionnaire(&b, q); err != nil {
		t.Fatal(err)
	}
	const want = `format: plumbline.questionnaire/1
id: small
version: 1.0.0
title: Small
summary: >-
  Words that go on. Words that go on. Words that go on. Words that go on. Words that go on. Words that go on. Words
  that go on. Words that go on. Words that go on. Words that go on. Words that go on. Words that go on.
bands:
  - id: low
    title: Low
    from: 0
  - id: high
    title: High
    from: 50
pillars:
  - id: speed
    title: Speed
    principles:
      - id: s1
        title: Be fast
        weight: 0.5
        questions:
`
	if got := b.String(); !strings.HasPrefix(got, want) {
		t.Errorf("got:\n%s\nwant it to begin with:\n%s", got[:min(len(got), len(want)+100)], want)
	}
}

func rewritten(t rapid.TB, q *assessment.Questionnaire) *assessment.Questionnaire {
	t.Helper()
	var b bytes.Buffer
	if err := WriteQuestionnaire(&b, q); err != nil {
		t.Fatal(err)
	}
	got, err := ReadQuestionnaire("written.yaml", bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return got
}

func TestWriteReadsBackEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := generated{t}.questionnaire()
		if got := rewritten(t, q); !reflect.DeepEqual(got, q) {
			t.Errorf("got:\n%+v\nwant:\n%+v", got, q)
		}
	})
}

// generated draws questionnaires that could have been read, with texts that YAML finds hard.
type generated struct{ *rapid.T }

var nasty = []string{"yes", "No", "null", "~", "1", "0x1F", "1e3", ".nan", "2026-01-01", "- a", "a: b", "a #b", "#a", "'", `"`, `\`, "|", ">-",
	"&a", "*a", "!a", "%a", "@a", "`", "{a}", "[a]", "a,b", "?", ":", "a:", " a", "a ", "a  b", "=", "<<", "...", "---", "é", "😀", "\u00a0",
	"\u2028", "\uFEFF", "\u200b", "x\ufeffy", "<b>&amp;</b>", "default", "https://example.org/a?b=c&d#e", strings.Repeat("long words ", 30) + "end",
	strings.Repeat("x", 300), "a. b", "(a)", "Why?", "!"}

func (g generated) line() string {
	text := rapid.OneOf(rapid.SampledFrom(nasty), rapid.StringMatching(`[ -~]{1,40}`), rapid.StringMatching(`[a-z]{1,12}( [a-z]{1,12}){0,30}`))
	s := rapid.SliceOfN(text, 1, 3).Draw(g.T, "parts")
	joined := strings.Join(s, rapid.SampledFrom([]string{"", " "}).Draw(g.T, "glue"))
	if strings.TrimSpace(joined) == "" {
		return "x"
	}
	return joined
}

func (g generated) prose() string {
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return generated{t}.line() }), 0, 3).Draw(g.T, "lines")
	return strings.Join(lines, rapid.SampledFrom([]string{"\n", "\n\n", "\t", "\n  "}).Draw(g.T, "break"))
}

func (g generated) lines() []string {
	var list []string
	for range rapid.IntRange(0, 2).Draw(g.T, "texts") {
		list = append(list, g.line())
	}
	return list
}

func (g generated) weight(preset float64) float64 {
	return rapid.OneOf(rapid.Just(preset), rapid.Float64Range(1e-6, 1e6)).Draw(g.T, "weight")
}

// number draws how many children a level has.
func (g generated) number(least int) int { return rapid.IntRange(least, 2).Draw(g.T, "number") }

func (g generated) questionnaire() *assessment.Questionnaire {
	version := rapid.SampledFrom([]string{"1.2.3", "0.0.0", "2026.10.1", "1.0.0-0", "1.0.0-alpha.1+001", "1.0.0+1e5"}).Draw(g.T, "version")
	q := &assessment.Questionnaire{ID: "q", Version: version, Title: g.line(), Summary: g.prose(),
		Source: assessment.Source{Title: g.line(), Licence: g.line()},
		Bands:  []assessment.Band{{ID: "a", Title: g.line()}, {ID: "b", Title: g.line(), From: rapid.Float64Range(1, 100).Draw(g.T, "from")}}}
	q.Scoring = rapid.SampledFrom([]assessment.Scoring{"", assessment.ScoreWeights}).Draw(g.T, "scoring")
	q.SharesIDsWith = rapid.SampledFrom([][]string{nil, {"other"}, {"1e3", "no"}}).Draw(g.T, "shares")
	for range g.number(0) {
		q.Facets = append(q.Facets, assessment.Facet{ID: fmt.Sprintf("f%d", len(q.Facets)), Title: g.line(), Help: g.prose()})
	}
	for i := range g.number(1) {
		pillar := assessment.Pillar{ID: fmt.Sprintf("pillar%d", i), Title: g.line(), Summary: g.prose()}
		for j := range g.number(1) {
			pillar.Principles = append(pillar.Principles, g.principle(fmt.Sprintf("%d.%d", i, j)))
		}
		q.Pillars = append(q.Pillars, pillar)
	}
	for i := range q.Facets {
		practice := &q.Pillars[0].Principles[0].Questions[0].Practices[0]
		practice.AppliesWhen = g.condition(plainConditions, "@"+q.Facets[i].ID)
	}
	for i := range g.number(0) {
		q.Tradeoffs = append(q.Tradeoffs, g.tradeoff(fmt.Sprintf("t%d", i)))
	}
	return q
}

func (g generated) principle(id string) assessment.Principle {
	question := assessment.Question{ID: id + "-q", Title: g.line(), Help: g.prose(), Weight: g.weight(1)}
	for i := range g.number(1) {
		question.Practices = append(question.Practices, g.practice(fmt.Sprintf("%s-%d", id, i)))
	}
	for range g.number(0) {
		question.RiskRules = append(question.RiskRules, assessment.RiskRule{When: g.condition(plainConditions, id+"-0"), Risk: assessment.High})
	}
	return assessment.Principle{ID: id, Title: g.line(), Summary: g.prose(), Source: g.lines(), Weight: g.weight(1),
		Questions: []assessment.Question{question}}
}

func (g generated) practice(id string) assessment.Practice {
	risk := rapid.SampledFrom([]assessment.Level{assessment.High, assessment.Medium, assessment.Low, ""}).Draw(g.T, "risk")
	p := assessment.Practice{ID: id, Title: g.line(), Help: g.prose(), Risk: risk, Weight: g.weight(assessment.DefaultWeight(risk)),
		Effort: rapid.SampledFrom([]assessment.Effort{assessment.EffortS, assessment.EffortM, assessment.EffortL, ""}).Draw(g.T, "effort"),
		Advice: g.prose(), NotApplicableWhen: g.prose(), Source: g.lines(), Aka: g.lines(),
		Related:   rapid.SampledFrom([][]string{nil, {"0.0-0"}}).Filter(func(s []string) bool { return s == nil || id != s[0] }).Draw(g.T, "related"),
		SameSince: rapid.SampledFrom([]string{"", "0.0.0", "0.0.0-alpha.1+1e5"}).Draw(g.T, "since"),
		DependsOn: rapid.SampledFrom([][]string{nil, {"model", "no", "1e3"}}).Draw(g.T, "depends")}
	if list := g.lines(); list != nil {
		p.References = map[string][]string{rapid.SampledFrom([]string{"nist", "no", "1e3", "a.b-c"}).Draw(g.T, "framework"): list}
	}
	for range g.number(0) {
		p.Links = append(p.Links, assessment.Link{Title: g.line(), URL: "https://example.org/?a=b&c#" + rapid.StringMatching(`[a-z0-9%~:,'@]*`).
			Filter(func(s string) bool { return wrongURL("https://h/#"+s) == "" }).Draw(g.T, "fragment")})
	}
	return p
}

func (g generated) tradeoff(id string) assessment.Tradeoff {
	t := assessment.Tradeoff{ID: id, Title: g.line(), Stated: rapid.Bool().Draw(g.T, "stated"), Source: g.lines(), Summary: g.prose(), Decide: g.prose(),
		Mitigations: g.lines(), Signals: []assessment.Signal{}}
	for i := range t.Sides {
		t.Sides[i] = assessment.Side{Label: g.line(), Pillars: []string{}, Practices: []string{}}
		if rapid.Bool().Draw(g.T, "named") {
			t.Sides[i].Pillars, t.Sides[i].Practices = []string{"pillar0"}, []string{"0.0-0"}
		}
	}
	for range g.number(0) {
		t.Signals = append(t.Signals, assessment.Signal{When: g.condition(append(plainConditions, "full(%s)", "!weak ( %s )"), "0.0-0"), Says: g.line(),
			Kind: rapid.SampledFrom([]assessment.SignalKind{"", assessment.BlindSpot}).Draw(g.T, "kind")})
	}
	return t
}

var plainConditions = []string{"%s", "!%s", "!(%s)", " %s\n", "%[1]s && %[1]s\n|| ! %[1]s", "\t%s"}

func (g generated) condition(texts []string, id string) assessment.Expression {
	text := rapid.SampledFrom(texts).Draw(g.T, "condition")
	e, err := assessment.ParseExpression(fmt.Sprintf(text, id))
	if err != nil {
		g.Fatal(err)
	}
	return e
}
