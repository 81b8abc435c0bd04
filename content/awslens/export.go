package awslens

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// Limits of the AWS Well-Architected Tool.
const (
	lensPillars   = 10
	lensQuestions = 20
	lensChoices   = 15
	lensSize      = 500_000 // bytes
)

// exporter collects what a lens cannot say.
type exporter struct {
	losses content.Losses

	notes struct{ efforts, lows, references, unrated, names, history int }
}

func (e *exporter) lose(path, format string, args ...any) {
	e.losses = append(e.losses, content.Loss{Path: path, Message: fmt.Sprintf(format, args...)})
}

// Export returns a questionnaire as a lens, and what of it a lens cannot say. A questionnaire that Import read gives
// the lens back, but for the losses of the import. The paths are those of the questionnaire.
func Export(q *assessment.Questionnaire) ([]byte, content.Losses, error) {
	e := &exporter{}
	lens := lensFile{SchemaVersion: schemaVersion, Name: q.Title, Description: q.Summary, Version: lensVersion(q)}
	ids := lensIDs{}
	for i, pillar := range q.Pillars {
		lens.Pillars = append(lens.Pillars, e.pillar(pillar, &ids, fmt.Sprintf("pillars[%d]", i)))
	}
	e.limit("pillars", "pillars", len(q.Pillars), lensPillars)
	e.summarise(q)
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "    ")
	if err := encoder.Encode(lens); err != nil {
		return nil, nil, fmt.Errorf("write the lens: %w", err)
	}
	if b.Len() > lensSize {
		e.lose("", "the lens has %d bytes; AWS takes at most %d", b.Len(), lensSize)
	}
	return b.Bytes(), e.losses, nil
}

// lensVersion returns what the lens said of its version as long as that still holds, else the questionnaire's version,
// and nothing for the first.
func lensVersion(q *assessment.Questionnaire) string {
	if len(q.Pillars) > 0 && len(q.Pillars[0].Principles) > 0 {
		said := reference(q.Pillars[0].Principles[0].Source, refVersion)
		if said == q.Version || said != "" && !foreign.IsSemantic(said) && q.Version == foreign.FirstVersion {
			return said
		}
	}
	if q.Version == foreign.FirstVersion {
		return ""
	}
	return q.Version
}

// limit names what is more than AWS takes. It is written all the same.
func (e *exporter) limit(path, what string, found, most int) {
	if found > most {
		e.lose(path, "%d %s; AWS takes at most %d", found, what, most)
	}
}

// summarise names what no lens can say.
func (e *exporter) summarise(q *assessment.Questionnaire) {
	for i, t := range q.Tradeoffs {
		e.lose(fmt.Sprintf("tradeoffs[%d]", i), "a lens has no tradeoffs: %s is left out", foreign.Shorten(t.ID))
	}
	if !reflect.DeepEqual(q.Bands, foreign.Bands()) {
		e.lose("bands", "a lens has no bands")
	}
	if q.Source != source() && q.Source != (assessment.Source{}) {
		e.lose("source", "a lens does not name its source")
	}
	if len(q.Facets) > 0 {
		e.lose("facets", "a lens has no facets: %d are left out, and every practice always applies", len(q.Facets))
	}
	if q.Scoring == assessment.ScoreWeights {
		e.lose("scoring", "a lens has no scores: scoring by weights is left out")
	}
	if len(q.SharesIDsWith) > 0 {
		e.lose("shares_ids_with", "a lens does not list the questionnaires with which it shares IDs")
	}
	if e.notes.unrated > 0 {
		e.lose("", "in a lens, every choice has a risk: %d that are not rated count as medium", e.notes.unrated)
	}
	if e.notes.names > 0 {
		e.lose("", "a lens has no other names, related practices or places in other frameworks: those of %d practices are left out", e.notes.names)
	}
	if e.notes.history > 0 {
		e.lose("", "a lens has no \"same since\" and \"depends on\": left out of %d practices", e.notes.history)
	}
	if e.notes.efforts > 0 {
		e.lose("", "the choices of a lens have no effort: %d are not M", e.notes.efforts)
	}
	if e.notes.lows > 0 {
		e.lose("", "a lens has no low risk: if only practices of low risk are missing, the result is NO_RISK (practices: %d)", e.notes.lows)
	}
	if e.notes.references > 0 {
		e.lose("", "a lens has no references to a source document: %d are left out", e.notes.references)
	}
	e.lose("", "in a lens, a practice is selected or not: \"partial\" is lost")
}

func (e *exporter) pillar(pillar assessment.Pillar, ids *lensIDs, path string) lensPillar {
	id := pillar.ID
	if len(pillar.Principles) > 0 {
		id = cmp.Or(reference(pillar.Principles[0].Source, refPillar), pillar.ID)
	}
	exported := lensPillar{ID: e.take(&ids.pillars, id, path), Name: pillar.Title, Description: pillar.Summary, Questions: []lensQuestion{}}
	for i, principle := range pillar.Principles {
		path := fmt.Sprintf("%s.principles[%d]", path, i)
		e.principle(principle, path)
		for j, question := range principle.Questions {
			exported.Questions = append(exported.Questions, e.question(principle, question, ids, fmt.Sprintf("%s.questions[%d]", path, j)))
		}
	}
	e.limit(path, "questions", len(exported.Questions), lensQuestions)
	return exported
}

// principle names what of a principle its questions cannot say.
func (e *exporter) principle(p assessment.Principle, path string) {
	if len(p.Questions) != 1 || p.Title != p.Questions[0].Title {
		e.lose(path+".title", "a lens has no principles: %s is left out", foreign.Shorten(p.Title))
	}
	e.weight(path, p.Weight, 1)
	e.count(p.Source)
}

func (e *exporter) weight(path string, weight, usual float64) {
	if weight != usual {
		e.lose(path+".weight", "a lens has no weights: %v is left out", weight)
	}
}

// count counts the references that are none of ours.
func (e *exporter) count(source []string) {
	for _, s := range source {
		if !strings.HasPrefix(s, "lens-") {
			e.notes.references++
		}
	}
}

func (e *exporter) question(principle assessment.Principle, q assessment.Question, ids *lensIDs, path string) lensQuestion {
	id := q.ID
	var source []string
	if len(principle.Questions) == 1 {
		source = principle.Source
		id = cmp.Or(reference(source, refQuestion), id)
	}
	e.weight(path, q.Weight, 1)
	exported := lensQuestion{ID: e.take(&ids.questions, id, path), Title: q.Title}
	exported.explain(q.Help, source)
	if principle.Summary != "" {
		exported.Description = strings.TrimSpace(principle.Summary + "\n\n" + exported.Description)
	}
	choices := takenIDs{}
	nones := readNones(source)
	for _, none := range nones {
		choices[none.ID] = true
	}
	known := known{}
	for i, p := range q.Practices {
		choice := e.choice(p, q.ID, &choices, fmt.Sprintf("%s.practices[%d]", path, i))
		known[choice.ID] = i
		exported.Choices = append(exported.Choices, choice)
	}
	for _, none := range nones {
		at := len(exported.Choices)
		if none.At != nil {
			at = min(max(0, *none.At), at)
		}
		exported.Choices = slices.Insert(exported.Choices, at, none.lensChoice)
		known[none.ID] = noPractice
	}
	e.limit(path, "choices", len(exported.Choices), lensChoices)
	exported.RiskRules = e.rules(q, known, source)
	return exported
}

// explain parts the help of a question into what the lens said where.
func (x *lensQuestion) explain(help string, source []string) {
	parts := foreign.Paragraphs(help)
	drop := func(last string) bool {
		if last == "" || len(parts) == 0 || parts[len(parts)-1] != last {
			return false
		}
		parts = parts[:len(parts)-1]
		return true
	}
	if address := reference(source, refURL); drop(address) {
		x.URL = address
	}
	var resource lensResource
	if address := reference(source, refHelpURL); drop(address) {
		resource.URL = address
	}
	if n, err := strconv.Atoi(reference(source, refHelp)); err == nil && 0 < n && n <= len(parts) {
		resource.DisplayText = strings.Join(parts[len(parts)-n:], "\n\n")
		parts = parts[:len(parts)-n]
	}
	if resource != (lensResource{}) {
		x.HelpfulResource = &lensResource{cmp.Or(resource.DisplayText, filler), resource.URL}
	}
	x.Description = strings.Join(parts, "\n\n")
}

// readNones returns the choices "None of these" of a question, the first in the question first.
func readNones(source []string) []noneChoice {
	var nones []noneChoice
	for _, reference := range references(source, refNone) {
		id, more, _ := strings.Cut(reference, " ")
		none := noneChoice{lensChoice: lensChoice{Title: noneTitle}}
		if more != "" && json.Unmarshal([]byte(more), &none) != nil {
			none = noneChoice{lensChoice: lensChoice{Title: noneTitle}}
		}
		none.ID = id
		nones = append(nones, none)
	}
	return nones
}
