package awslens

import (
	"bytes"
	"fmt"
	"regexp"

	"plumbline/assessment"
	"plumbline/content"
)

// Limits of a questionnaire.
const (
	maxPillars   = 20
	maxPractices = 2_000
	maxItems     = 100
	maxCondition = 2_000
	maxEffort    = 12_000_000
)

var semantic = regexp.MustCompile(`^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$`)

// Import returns the questionnaire that a lens says, and what of it is lost or was read otherwise than it is written.
// The error is content.Problems where the file is no lens or not JSON, and an assessment.Error of code TooLarge above
// content.MaxSize. name stands for the file in the problems.
func Import(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	if len(data) > content.MaxSize {
		return nil, nil, assessment.Errorf(assessment.TooLarge, "%s is larger than %d MiB", name, content.MaxSize>>20)
	}
	root, err := parse(name, bytes.TrimPrefix(data, []byte("\ufeff")))
	if err != nil {
		return nil, nil, err
	}
	r := &reader{effort: maxEffort}
	if problem := refusal(root); problem != nil {
		problem.File = name
		return nil, nil, content.Problems{*problem}
	}
	q := value{r, root, ""}.lens()
	if len(q.Pillars) == 0 {
		return nil, nil, append(r.refused(name), content.Problem{File: name, Line: root.line, Column: root.column,
			Message: "nothing of the lens can be kept: at least one pillar with a question with a choice is expected"})
	}
	var written bytes.Buffer
	if err := content.WriteQuestionnaire(&written, q); err != nil {
		return nil, nil, err
	}
	checked, err := content.ReadQuestionnaire(name+" as a questionnaire", &written)
	return checked, r.sorted(), err
}

// refused returns the losses as problems.
func (r *reader) refused(name string) content.Problems {
	var problems content.Problems
	for _, l := range r.sorted() {
		problems = append(problems, content.Problem{File: name, Line: l.Line, Column: l.Column, Path: l.Path, Message: l.Message})
	}
	return problems
}

// refusal says why a file is no lens, or one with more than a questionnaire may hold.
func refusal(root *node) *content.Problem {
	at := func(n *node, path, format string, args ...any) *content.Problem {
		return &content.Problem{Line: n.line, Column: n.column, Path: path, Message: fmt.Sprintf(format, args...)}
	}
	if root.kind != object {
		return at(root, "", "a lens (an object with schemaVersion, name and pillars) expected, found %s", root.describe())
	}
	pillars := root.get("pillars")
	switch {
	case pillars == nil:
		return at(root, "", "this is no lens: the key \"pillars\" is missing")
	case pillars.kind != list:
		return at(pillars, "pillars", "a list of pillars expected, found %s", pillars.describe())
	case len(pillars.items) > maxPillars:
		return at(pillars.items[maxPillars], fmt.Sprintf("pillars[%d]", maxPillars), "at most %d pillars expected, found %d",
			maxPillars, len(pillars.items))
	}
	choices := 0
	for i, pillar := range pillars.items {
		for j, question := range pillar.get("questions").list() {
			choices += max(1, len(question.get("choices").list()))
			if choices > maxPractices {
				return at(question, fmt.Sprintf("pillars[%d].questions[%d]", i, j), "at most %d choices expected in a lens", maxPractices)
			}
		}
	}
	return nil
}

func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for _, m := range n.members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

func (n *node) list() []*node {
	if n == nil {
		return nil
	}
	return n.items
}

// firstVersion is the version of a questionnaire whose lens names none.
const firstVersion = "1.0.0"

func source() assessment.Source { return assessment.Source{Title: "AWS Well-Architected custom lens"} }

func bands() []assessment.Band {
	return []assessment.Band{{ID: "critical", Title: "Critical"}, {ID: "moderate", Title: "Moderate", From: 33},
		{ID: "excellent", Title: "Excellent", From: 67}}
}

func (v value) lens() *assessment.Questionnaire {
	f, _ := v.fields("schemaVersion", "name", "description", "_version", "pillars")
	q := &assessment.Questionnaire{
		Version: firstVersion,
		Title:   f.title("name", "Untitled lens"),
		Summary: f.text("description"),
		Source:  source(),
		Bands:   bands(),
	}
	q.ID = slug(q.Title)
	if schema, at := f.raw("schemaVersion"); schema != schemaVersion {
		at.lose("schemaVersion %q expected, found %s: read as that one", schemaVersion, shorten(schema))
	}
	version, at := f.raw("_version")
	switch {
	case semantic.MatchString(version):
		q.Version = version
	case version == "":
		v.loseAt(nil, "", "the lens has no version: it is 1.0.0")
	default:
		at.lose("%s is no semantic version: it is 1.0.0", shorten(version))
	}
	for _, item := range f.list("pillars") {
		if pillar, ok := item.pillar(); ok {
			q.Pillars = append(q.Pillars, pillar)
		}
	}
	if len(q.Pillars) > 0 && version != "" {
		v.refer(&q.Pillars[0].Principles[0].Source, at, refVersion, version)
	}
	v.summarise()
	return q
}

// summarise says once what holds for the whole file.
func (r *reader) summarise() {
	r.loseAt(nil, "", "a lens gives choices no risk: it is the risk of the question when only that choice is missing, or what "+
		"the choice alone decides where that is none; low where it decides nothing, medium where there are no rules")
	r.loseAt(nil, "", "a lens gives choices no effort: it is M")
	if r.nones > 0 {
		r.loseAt(nil, "", "%d choices %q are no practices: answering all others of the question says the same", r.nones, noneTitle)
	}
	if r.fillers > 0 {
		r.loseAt(nil, "", "%d texts that are only %q are left out", r.fillers, filler)
	}
	if r.unchecked > 0 {
		r.loseAt(nil, "", "the risk rules of %d questions have too many choices to try all selections", r.unchecked)
	}
}

func (v value) pillar() (assessment.Pillar, bool) {
	f, ok := v.fields("id", "name", "description", "questions")
	if !ok {
		return assessment.Pillar{}, false
	}
	raw, at := f.raw("id")
	pillar := assessment.Pillar{Title: f.title("name", titleOrID(raw, "Untitled pillar")), Summary: f.text("description")}
	for _, item := range f.list("questions") {
		if principle, ok := item.question(); ok {
			pillar.Principles = append(pillar.Principles, principle)
		}
	}
	if len(pillar.Principles) == 0 {
		v.lose("the pillar has no questions that can be kept: left out")
		return pillar, false
	}
	if raw == "" {
		pillar.ID = v.ids.pillars.take(slug(pillar.Title))
		at.lose("the pillar has no id: it is %s", pillar.ID)
		return pillar, true
	}
	pillar.ID = v.ids.pillars.take(raw)
	if pillar.ID != raw {
		at.lose("the id %s cannot be kept: it is %s", shorten(raw), pillar.ID)
		v.refer(&pillar.Principles[0].Source, at, refPillar, raw)
	}
	return pillar, true
}

func titleOrID(id, instead string) string {
	if id == "" {
		return instead
	}
	return id
}

// text returns a text with paragraphs; what it links to is a loss.
func (f fields) text(key string) string {
	s, v := f.raw(key)
	s, links := v.prose(s)
	for _, link := range links {
		v.lose("the link to %s has no place here", shorten(link.URL))
	}
	return s
}
