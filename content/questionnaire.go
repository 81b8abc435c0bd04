package content

import (
	"io"

	"plumbline/assessment"
)

// Format is the first line's value of every questionnaire file.
const Format = assessment.QuestionnaireFormat

// Limits of a questionnaire, which its files and what others make of theirs must hold to.
const (
	MaxPillars   = 20
	MaxPractices = 2_000
	MaxTradeoffs = 500
	maxFacets    = 100

	MaxWeight = 1_000_000
	MaxItems  = 100 // any other list: sources, links, risk rules, signals, mitigations
)

// ReadQuestionnaire returns the questionnaire in r, YAML or JSON. The error is Problems with everything that is wrong
// with it, an assessment.Error of code TooLarge above MaxSize, or what reading gave. name stands for the file in the
// problems.
func ReadQuestionnaire(name string, r io.Reader) (*assessment.Questionnaire, error) {
	data, err := readLimited(name, r)
	if err != nil {
		return nil, err
	}
	q, _, problems := read(name, data)
	if len(problems) > 0 {
		return nil, problems
	}
	return q, nil
}

// Lint returns the questionnaire in data (nil where there are errors), every error, and warnings about what is allowed
// but hardly meant. There are no warnings where there are errors.
func Lint(name string, data []byte) (q *assessment.Questionnaire, errors, warnings Problems) {
	if len(data) > MaxSize {
		return nil, Problems{{File: name, Message: "the file is larger than " + sizeText(MaxSize)}}, nil
	}
	q, s, errors := read(name, data)
	if len(errors) > 0 {
		return nil, errors, nil
	}
	s.problems = nil
	warn(s, q)
	return q, nil, s.problems.sorted().First()
}

func read(name string, data []byte) (*assessment.Questionnaire, *source, Problems) {
	root, problem := parse(name, data)
	if problem != nil {
		return nil, nil, Problems{*problem}
	}
	s := newSource(name, data)
	q := s.value(root, "").questionnaire()
	check(s, q)
	return q, s, s.problems.sorted().First()
}

func (v value) questionnaire() *assessment.Questionnaire {
	q := &assessment.Questionnaire{}
	m, ok := v.mapping("a questionnaire (a mapping that begins with format: "+Format+")",
		"format", "id", "version", "title", "summary", "source", "scoring", "shares_ids_with", "facets", "bands", "pillars", "tradeoffs")
	if !ok {
		return q
	}
	if f, ok := m.required("format", Format); ok {
		f.oneOf(Format)
	}
	q.ID = m.id()
	m.required("version", "text")
	q.Version = m.version("version")
	q.Title = m.title("title")
	q.Summary = m.prose("summary")
	if source, ok := m.fields["source"]; ok {
		q.Source = source.reference()
	}
	if scoring, ok := m.fields["scoring"]; ok && scoring.oneOf("levels", "weights") == "weights" {
		q.Scoring = assessment.ScoreWeights
	}
	q.SharesIDsWith = m.ids("shares_ids_with", MaxItems)
	for _, item := range m.items("facets", "a list of facets", maxFacets) {
		q.Facets = append(q.Facets, item.facet())
	}
	q.Bands = m.bands()
	for _, item := range m.level("pillars", "a list of pillars", MaxPillars) {
		q.Pillars = append(q.Pillars, item.pillar())
	}
	for _, item := range m.items("tradeoffs", "a list of tradeoffs", MaxTradeoffs) {
		q.Tradeoffs = append(q.Tradeoffs, item.tradeoff())
	}
	return q
}

func (v value) facet() assessment.Facet {
	m, ok := v.mapping("a facet (id, title)", "id", "title", "help")
	if !ok {
		return assessment.Facet{}
	}
	return assessment.Facet{ID: m.id(), Title: m.title("title"), Help: m.prose("help")}
}

func (v value) reference() assessment.Source {
	m, _ := v.mapping("the source (title, url, licence)", "title", "url", "licence")
	return assessment.Source{Title: m.line("title"), URL: m.url(), Licence: m.line("licence")}
}

func (v value) pillar() assessment.Pillar {
	m, ok := v.mapping("a pillar (id, title, principles)", "id", "title", "summary", "principles")
	if !ok {
		return assessment.Pillar{}
	}
	pillar := assessment.Pillar{ID: m.id(), Title: m.title("title"), Summary: m.prose("summary")}
	for _, item := range m.level("principles", "a list of principles", MaxPractices) {
		pillar.Principles = append(pillar.Principles, item.principle())
	}
	return pillar
}

func (v value) principle() assessment.Principle {
	m, ok := v.mapping("a principle (id, title, questions)", "id", "title", "summary", "source", "weight", "questions")
	if !ok {
		return assessment.Principle{}
	}
	principle := assessment.Principle{ID: m.id(), Title: m.title("title"), Summary: m.prose("summary"),
		Source: m.texts("source", MaxItems, false), Weight: m.weight(1)}
	for _, item := range m.level("questions", "a list of questions", MaxPractices) {
		principle.Questions = append(principle.Questions, item.question())
	}
	return principle
}

func (v value) question() assessment.Question {
	m, ok := v.mapping("a question (id, title, practices)", "id", "title", "help", "weight", "practices", "risk_rules")
	if !ok {
		return assessment.Question{}
	}
	question := assessment.Question{ID: m.id(), Title: m.title("title"), Help: m.prose("help"), Weight: m.weight(1)}
	for _, item := range m.level("practices", "a list of practices", MaxPractices) {
		question.Practices = append(question.Practices, item.practice())
	}
	for _, item := range m.items("risk_rules", "a list of risk rules", MaxItems) {
		question.RiskRules = append(question.RiskRules, item.riskRule())
	}
	return question
}

func (v value) riskRule() assessment.RiskRule {
	m, ok := v.mapping("a risk rule (when, risk)", "when", "risk")
	if !ok {
		return assessment.RiskRule{}
	}
	rule := assessment.RiskRule{When: m.expression("when")}
	if risk, ok := m.required("risk", "high, medium or none"); ok {
		rule.Risk = assessment.Level(risk.oneOf("high", "medium", "none"))
	}
	return rule
}
