package samm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// tree is the files of each level by the file of the level above.
type tree struct {
	practices, streams, activities, questions map[*file][]*file
}

// questionnaire puts the files together.
func (m *model) questionnaire(name, licence string) (*assessment.Questionnaire, error) {
	m.sets = map[*file]answerSet{}
	functions := m.all(functionKind)
	byOrder(functions)
	if len(functions) > foreign.MaxPillars {
		return nil, content.Problems{{File: name + "/" + functions[foreign.MaxPillars].source,
			Message: fmt.Sprintf("expected at most %d business functions, found %d", foreign.MaxPillars, len(functions))}}
	}
	t := tree{
		practices:  m.children(practiceKind, "function", functionKind),
		streams:    m.children(streamKind, "practice", practiceKind),
		activities: m.children(activityKind, "stream", streamKind),
		questions:  m.children(questionKind, "activity", activityKind),
	}
	q := &assessment.Questionnaire{ID: "owasp-samm", Version: foreign.FirstVersion, Title: "OWASP SAMM",
		Summary: "The Software Assurance Maturity Model: what an organization does to build and run secure software, in levels of maturity.",
		Source:  assessment.Source{Title: "OWASP SAMM core model", URL: "https://owaspsamm.org/", Licence: m.licence(licence)},
		Bands:   foreign.Bands()}
	for _, f := range functions {
		if pillar, ok := m.pillar(f, t); ok {
			q.Pillars = append(q.Pillars, pillar)
		}
	}
	m.finish()
	switch {
	case len(q.Pillars) == 0:
		return nil, append(m.refused(name).First(), content.Problem{File: name,
			Message: "nothing in the model can be kept: expected a business function with a security practice, a stream and an activity"})
	case m.practices > foreign.MaxPractices:
		return nil, content.Problems{{File: name, Message: fmt.Sprintf("expected at most %d activities, found %d", foreign.MaxPractices, m.practices)}}
	}
	return q, nil
}

// refused returns the losses as problems.
func (m *model) refused(name string) content.Problems {
	var problems content.Problems
	for _, l := range m.sorted() {
		problems = append(problems, l.Problem(name))
	}
	return problems
}

func (m *model) licence(first string) string {
	first = strings.Join(strings.Fields(strings.Map(foreign.Printable, first)), " ")
	if first == "" || len(first) > foreign.MaxLine {
		m.lose("there is no license file: check the license of the model (OWASP publishes SAMM under CC BY-SA 4.0)", nil)
		return ""
	}
	return first
}

// finish says what holds for the whole model, and what of it nobody asked for.
func (m *model) finish() {
	for _, f := range m.all(levelKind) {
		f.text("objective")
		m.refers(f, "practice", practiceKind, "its objective is kept")
	}
	for _, f := range m.all(answersKind) {
		if _, used := m.sets[f]; !used {
			f.whole().lose("no question has these answers: left out")
		}
	}
	for _, k := range []kind{functionKind, practiceKind, streamKind, levelKind, maturityKind, activityKind, questionKind} {
		for _, f := range m.all(k) {
			f.unused()
		}
	}
	m.lose("answers become statuses: value 0 is absent, value 1 is adopted, and values between them are partial, which counts ½ "+
		"where SAMM counts ¼ or ½", nil)
	m.lose("SAMM activities have no risk: it is set to medium, and all have the same weight, as in SAMM", nil)
	m.lose("SAMM activities have no effort: it is set to M", nil)
	m.lose("the model has no semantic version: "+foreign.FirstVersion+" is used", nil)
	if n := len(m.files[maturityKind]); n > 0 {
		m.lose(fmt.Sprintf("the meaning of the %d maturity levels is left out: each practice names its level", n), nil)
	}
}

func (m *model) pillar(f *file, t tree) (assessment.Pillar, bool) {
	f.text("model")
	p := assessment.Pillar{Title: f.title("name"), Summary: f.prose("description")}
	code := initial(p.Title)
	for _, child := range t.practices[f] {
		if principle, ok := m.principle(child, code, t); ok {
			p.Principles = append(p.Principles, principle)
		}
	}
	if len(p.Principles) == 0 {
		f.whole().lose("no security practice of the business function can be kept: left out")
		return p, false
	}
	p.ID = m.take(&m.ids.pillars, f, cmp.Or(code, f.id))
	return p, true
}

func (m *model) principle(f *file, function string, t tree) (assessment.Principle, bool) {
	p := assessment.Principle{Title: f.title("name"), Summary: joined(f.prose("shortDescription"), f.prose("longDescription")),
		Weight: 1, Source: []string{f.id}}
	short, _ := f.text("shortName")
	code := joinedCode(function, cmp.Or(short, foreign.Slug(p.Title, "")))
	for _, child := range t.streams[f] {
		if question, ok := m.question(child, code, t); ok {
			p.Questions = append(p.Questions, question)
			p.Source = append(p.Source, child.id)
		}
	}
	if len(p.Questions) == 0 {
		f.whole().lose("no stream of the security practice can be kept: left out")
		return p, false
	}
	p.Source = p.Source[:min(len(p.Source), foreign.MaxItems)]
	p.ID = m.take(&m.ids.principles, f, code)
	return p, true
}

// question reads a stream, its activities from the lowest level up.
func (m *model) question(f *file, code string, t tree) (assessment.Question, bool) {
	q := assessment.Question{Title: f.title("name"), Help: f.prose("description"), Weight: 1}
	letter, _ := f.text("letter")
	letter = cmp.Or(letter, foreign.Slug(q.Title, ""))
	levels := map[*file]level{}
	for _, child := range t.activities[f] {
		levels[child] = m.level(child)
	}
	activities := slices.Clone(t.activities[f])
	slices.SortStableFunc(activities, func(a, b *file) int { return cmp.Compare(levels[a].number, levels[b].number) })
	for _, child := range activities {
		q.Practices = append(q.Practices, m.activity(child, activityCode(code, levels[child], letter), levels[child], t.questions[child])...)
	}
	if len(q.Practices) == 0 {
		f.whole().lose("the stream has no activities: left out")
		return q, false
	}
	m.practices += len(q.Practices)
	q.ID = m.take(&m.ids.questions, f, joinedCode(code, letter))
	return q, true
}

// level is how mature an activity is.
type level struct {
	number    string // "" where nothing says
	objective string // of the practice on that level
}

func (m *model) level(activity *file) level {
	f := m.refers(activity, "level", levelKind, "the activity has no maturity level")
	if f == nil {
		return level{}
	}
	l := level{objective: f.prose("objective")}
	if maturity := m.refers(f, "maturityLevel", maturityKind, "its activities have no maturity level"); maturity != nil {
		maturity.text("description")
		l.number, _ = maturity.text("number")
	}
	return l
}

// take returns the code as an id that is free; another one than the code is a loss.
func (m *model) take(ids *foreign.TakenIDs, f *file, code string) string {
	id := ids.Take(code)
	if id != code {
		f.whole().lose("the ID %s cannot be kept, or is already used: %s is used", foreign.Shorten(code), id)
	}
	return id
}
