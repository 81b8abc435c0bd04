package awslens

import (
	"cmp"
	"fmt"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// Limits of looking at risk rules.
const (
	maxCondition = content.MaxExpression
	maxEffort    = 12_000_000
)

// Import returns the questionnaire that a lens says, and what of it is lost or was read otherwise than it is written.
// The error is content.Problems where the file is no lens or not JSON, and an assessment.Error of code TooLarge above
// content.MaxSize. name stands for the file in the problems.
func Import(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	importer := foreign.Importer{Parse: foreign.ParseJSON, Refusal: refusal, Build: fromLens,
		Empty: "nothing in the lens can be kept: expected at least one pillar with a question with a choice"}
	return importer.Import(name, data)
}

// refusal says why a file is no lens, or one with more than a questionnaire may hold.
func refusal(root *foreign.Node) *content.Problem {
	if root.Kind != foreign.Object {
		return root.Problem("", "expected a lens (an object with schemaVersion, name and pillars), found %s", root.Describe())
	}
	pillars := root.Get("pillars")
	switch {
	case pillars == nil:
		return root.Problem("", "this is not a lens: the key \"pillars\" is missing")
	case pillars.Kind != foreign.List:
		return pillars.Problem("pillars", "expected a list of pillars, found %s", pillars.Describe())
	case len(pillars.Items) > foreign.MaxPillars:
		return pillars.Items[foreign.MaxPillars].Problem(fmt.Sprintf("pillars[%d]", foreign.MaxPillars), "expected at most %d pillars, found %d",
			foreign.MaxPillars, len(pillars.Items))
	}
	choices := 0
	for i, pillar := range pillars.Items {
		for j, question := range pillar.Get("questions").List() {
			choices += max(1, len(question.Get("choices").List()))
			if choices > foreign.MaxPractices {
				return question.Problem(fmt.Sprintf("pillars[%d].questions[%d]", i, j), "expected at most %d choices in a lens", foreign.MaxPractices)
			}
		}
	}
	return nil
}

func source() assessment.Source { return assessment.Source{Title: "AWS Well-Architected custom lens"} }

func fromLens(top foreign.Value) *assessment.Questionnaire {
	v := value{top, &reader{effort: maxEffort}}
	f, _ := v.fields("schemaVersion", "name", "description", "_version", "pillars")
	q := &assessment.Questionnaire{
		Version: foreign.FirstVersion,
		Title:   f.known.Title("name", "Untitled lens"),
		Summary: f.text("description"),
		Source:  source(),
		Bands:   foreign.Bands(),
	}
	q.ID = foreign.Slug(q.Title, "lens")
	if schema, at := f.raw("schemaVersion"); schema != schemaVersion {
		at.Lose("expected schemaVersion %q, found %s: read anyway", schemaVersion, foreign.Shorten(schema))
	}
	version, at := f.raw("_version")
	switch {
	case foreign.IsSemantic(version):
		q.Version = version
	case version == "":
		v.LoseAt(nil, "", "the lens has no version: 1.0.0 is used")
	default:
		at.Lose("%s is not a semantic version: 1.0.0 is used", foreign.Shorten(version))
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
func (v value) summarise() {
	v.LoseAt(nil, "", "the choices of a lens have no risk: each gets the risk of its question when only that choice is missing, "+
		"or, if that is none, the risk that the choice alone decides; low if it decides none, medium if there are no rules")
	v.LoseAt(nil, "", "the choices of a lens have no effort: it is set to M")
	if v.nones > 0 {
		v.LoseAt(nil, "", "%d choices %q are not practices: answering all others of the question has the same meaning", v.nones, noneTitle)
	}
	if v.fillers > 0 {
		v.LoseAt(nil, "", "%d texts that are only %q are left out", v.fillers, filler)
	}
	if v.unchecked > 0 {
		v.LoseAt(nil, "", "the risk rules of %d questions have too many choices to try all selections", v.unchecked)
	}
}

func (v value) pillar() (assessment.Pillar, bool) {
	f, ok := v.fields("id", "name", "description", "questions")
	if !ok {
		return assessment.Pillar{}, false
	}
	raw, at := f.raw("id")
	pillar := assessment.Pillar{Title: f.known.Title("name", cmp.Or(raw, "Untitled pillar")), Summary: f.text("description")}
	for _, item := range f.list("questions") {
		if principle, ok := item.question(); ok {
			pillar.Principles = append(pillar.Principles, principle)
		}
	}
	if len(pillar.Principles) == 0 {
		v.Lose("the pillar has no questions that can be kept: left out")
		return pillar, false
	}
	if raw == "" {
		pillar.ID = v.ids.pillars.Take(foreign.Slug(pillar.Title, "lens"))
		at.Lose("the pillar has no ID: %s is used", pillar.ID)
		return pillar, true
	}
	pillar.ID = v.ids.pillars.Take(raw)
	if pillar.ID != raw {
		at.Lose("the ID %s cannot be kept: %s is used", foreign.Shorten(raw), pillar.ID)
		v.refer(&pillar.Principles[0].Source, at, refPillar, raw)
	}
	return pillar, true
}

// text returns a text with paragraphs; what it links to is a loss.
func (f fields) text(key string) string {
	s, v := f.raw(key)
	s, links := v.Prose(s)
	for _, link := range links {
		v.Lose("the link to %s cannot be kept here", foreign.Shorten(link.URL))
	}
	return s
}
