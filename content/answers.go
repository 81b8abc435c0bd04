package content

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"plumbline/assessment"
)

// AnswersFormat is the first line's value of every answers file.
const AnswersFormat = "plumbline.answers/1"

// AnswersFile is what a file of answers says; nothing in it is nil.
type AnswersFile struct {
	Answers    assessment.Answers
	Priorities assessment.Priorities
	Facets     assessment.Facets
}

// ReadAnswers returns what the file in r, YAML or JSON, says to the questionnaire of m. The error is Problems with
// everything that is wrong, an assessment.Error of code TooLarge above MaxSize, or what reading gave.
func ReadAnswers(name string, r io.Reader, m *assessment.Model) (AnswersFile, error) {
	data, err := readLimited(name, r)
	if err != nil {
		return AnswersFile{}, err
	}
	root, problem := parse(name, data)
	if problem != nil {
		return AnswersFile{}, Problems{*problem}
	}
	s := newSource(name, data)
	reader := answersReader{s, m}
	said := reader.file(s.value(root, ""))
	if len(s.problems) == 0 {
		reader.check(said.Answers)
	}
	if err := s.problems.sorted().First().Err(); err != nil {
		return AnswersFile{}, err
	}
	return said, nil
}

// answersReader reads answers to the questionnaire of one model.
type answersReader struct {
	source *source
	model  *assessment.Model
}

func (r answersReader) file(v value) AnswersFile {
	said := AnswersFile{assessment.Answers{}, assessment.Priorities{}, assessment.Facets{}}
	m, ok := v.mapping("answers (a mapping that begins with format: "+AnswersFormat+")",
		"format", "questionnaire", "priorities", "facets", "answers")
	if !ok {
		return said
	}
	if f, ok := m.required("format", AnswersFormat); ok {
		f.oneOf(AnswersFormat)
	}
	r.questionnaire(m)
	if p, ok := m.fields["priorities"]; ok {
		r.priorities(p, said.Priorities)
	}
	if f, ok := m.fields["facets"]; ok {
		r.facets(f, said.Facets)
	}
	if a, ok := m.required("answers", "a mapping of practice IDs to answers"); ok {
		r.answers(a, said.Answers)
	}
	return said
}

func (r answersReader) questionnaire(m mapping) {
	v, ok := m.fields["questionnaire"]
	if !ok {
		return
	}
	id, ok := v.text(MaxLine, false)
	if want := r.model.Questionnaire().ID; ok && id != want {
		v.complain("expected answers to the questionnaire %q, found %s", want, shorten(id))
	}
}

func (r answersReader) priorities(v value, priorities assessment.Priorities) {
	expected := fmt.Sprintf("a number from 0 to %d", assessment.MaxPriority)
	entries, _ := v.entries("a mapping of pillar IDs to priorities")
	for _, e := range entries {
		if _, ok := r.model.Pillar(e.key); !ok {
			r.source.complainAt(e.at, e.path, "unknown pillar %s%s", shorten(e.key), r.source.hint(e.key, pillarIDs(r.model)))
			continue
		}
		p, ok := e.number(expected)
		if ok && (p < 0 || p > assessment.MaxPriority) {
			e.complain("expected %s, found %s", expected, clip(e.node.Value))
		}
		priorities[e.key] = p
	}
}

func (r answersReader) facets(v value, facets assessment.Facets) {
	entries, _ := v.entries("a mapping of facet IDs to true or false")
	for _, e := range entries {
		if _, ok := r.model.Facet(e.key); !ok {
			r.source.complainAt(e.at, e.path, "unknown facet %s%s", shorten(e.key), r.source.hint(e.key, facetIDs(r.model)))
			continue
		}
		facets[e.key] = e.yes()
	}
}

func (r answersReader) answers(v value, answers assessment.Answers) {
	entries, _ := v.entries("a mapping of practice IDs to answers")
	for _, e := range entries {
		if _, ok := r.model.Place(e.key); !ok {
			r.source.complainAt(e.at, e.path, "unknown practice %s%s", shorten(e.key), r.source.hint(e.key, practiceIDs(r.model)))
			continue
		}
		answers[e.key] = e.answer()
	}
}

// answer returns a status alone, or a mapping of a status with what belongs to it.
func (v value) answer() assessment.Answer {
	if v.isText() {
		a := assessment.Answer{Status: v.status()}
		if a.Status == assessment.NotApplicable {
			v.complain("expected a reason: {status: not_applicable, reason: …}")
		}
		return a
	}
	m, ok := v.mapping("a status, or a mapping with a status", "status", "reason", "note", "evidence")
	if !ok {
		return assessment.Answer{}
	}
	a := assessment.Answer{Reason: m.limited("reason", assessment.MaxReason), Note: m.limited("note", assessment.MaxText)}
	if status, ok := m.required("status", "adopted, partial, absent or not_applicable"); ok {
		a.Status = status.status()
	}
	m.checkReason(a.Status)
	for _, item := range m.items("evidence", "a list of links", assessment.MaxEvidence) {
		a.Evidence = append(a.Evidence, item.evidence())
	}
	return a
}

// checkReason complains where a practice is said not to apply without a reason.
func (m mapping) checkReason(status assessment.Status) {
	if status != assessment.NotApplicable {
		return
	}
	reason, given := m.fields["reason"]
	switch {
	case !given:
		m.complain(`the key "reason" is missing: a practice that is not applicable needs one`)
	case reason.isText() && strings.TrimSpace(reason.node.Value) == "":
		reason.complain("expected a reason, found an empty one")
	}
}

// evidence returns a link whose title may be left out.
func (v value) evidence() assessment.Link {
	m, ok := v.mapping("a link (title, url)", "title", "url")
	if !ok {
		return assessment.Link{}
	}
	link := assessment.Link{URL: m.requiredURL()}
	if title, ok := m.fields["title"]; ok {
		link.Title, _ = title.text(assessment.MaxShort, false)
	}
	return link
}

func (v value) status() assessment.Status {
	return assessment.Status(v.oneOf(string(assessment.Adopted), string(assessment.Partial), string(assessment.Absent),
		string(assessment.NotApplicable)))
}

// limited returns a text of several lines, empty where the key is missing.
func (m mapping) limited(key string, limit int) string {
	v, ok := m.fields[key]
	if !ok {
		return ""
	}
	s, _ := v.text(limit, true)
	return s
}

// check asks the domain about answers that are well formed: it knows more rules than a file does.
func (r answersReader) check(answers assessment.Answers) {
	err := r.model.CheckAnswers(answers, nil)
	if all, ok := errors.AsType[assessment.Errors](err); ok {
		for _, one := range all {
			r.source.complain(one.Field, "%s", one.Message)
		}
		return
	}
	if err != nil {
		r.source.complain("answers", "%v", err)
	}
}

func facetIDs(m *assessment.Model) iter.Seq[string] {
	return idsOf(slices.Values(m.Questionnaire().Facets), func(f assessment.Facet) string { return f.ID })
}

func pillarIDs(m *assessment.Model) iter.Seq[string] {
	return idsOf(slices.Values(m.Questionnaire().Pillars), func(p assessment.Pillar) string { return p.ID })
}

func practiceIDs(m *assessment.Model) iter.Seq[string] {
	return idsOf(m.Questionnaire().Practices(), func(p *assessment.Practice) string { return p.ID })
}

func idsOf[T any](parts iter.Seq[T], id func(T) string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for part := range parts {
			if !yield(id(part)) {
				return
			}
		}
	}
}
