package samm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

// answerSet is the answers that a question offers, by the status that each becomes.
type answerSet map[assessment.Status][]string

// answer is one of SAMM's answers.
type answer struct {
	text         string
	value, order float64
}

// statusOf returns what an answer of a value from 0 to 1 becomes.
func statusOf(value float64) assessment.Status {
	switch {
	case value <= 0:
		return assessment.Absent
	case value < 1:
		return assessment.Partial
	default:
		return assessment.Adopted
	}
}

// answers returns the answer set of a file, each set read and reported once.
func (m *model) answers(f *file) answerSet {
	if set, read := m.sets[f]; read {
		return set
	}
	set := answerSet{}
	m.sets[f] = set
	values, ok := f.value("values")
	if !ok || values.Kind != yaml.SequenceNode {
		values.lose("expected a list of answers, found %s: the questions have none", describe(values.Node))
		return set
	}
	var every []answer
	for _, item := range f.items("values") {
		if one, ok := item.answer(); ok {
			every = append(every, one)
		}
	}
	slices.SortStableFunc(every, func(a, b answer) int { return cmp.Compare(a.order, b.order) })
	for _, one := range every {
		status := statusOf(one.value)
		set[status] = append(set[status], one.text)
	}
	f.unused()
	if len(every) > 0 {
		values.lose("the answers become statuses: %s", set.statuses())
	}
	return set
}

func (v value) answer() (answer, bool) {
	if v.Kind != yaml.MappingNode {
		v.lose("expected an answer (text, value, weight, order), found %s: left out", describe(v.Node))
		return answer{}, false
	}
	one := answer{value: -1}
	for i := 0; i+1 < len(v.Content); i += 2 {
		key, at := v.Content[i].Value, value{v.file, v.Content[i+1], v.path + "." + foreign.Clip(v.Content[i].Value)}
		switch key {
		case "text":
			one.text = at.line()
		case "value", "weight", "order":
			n, ok := at.number()
			switch {
			case !ok:
			case key == "value":
				one.value = n
			case key == "order":
				one.order = n
			case n != 1:
				at.lose("all answers have the same weight here: %s is left out", foreign.Clip(at.Value))
			}
		default:
			at.lose("not supported, left out: %s", describe(at.Node))
		}
	}
	if one.text == "" || one.value < 0 {
		v.lose("expected an answer with a text and a value from 0 to 1: left out")
		return answer{}, false
	}
	return one, true
}

// inOrder are the statuses that answers become, worst first.
func inOrder() []assessment.Status {
	return []assessment.Status{assessment.Absent, assessment.Partial, assessment.Adopted}
}

// statuses returns what becomes what, on one line.
func (a answerSet) statuses() string {
	var parts []string
	for _, status := range inOrder() {
		var quoted []string
		for _, text := range a[status] {
			quoted = append(quoted, foreign.Shorten(text))
		}
		if len(quoted) > 0 {
			parts = append(parts, fmt.Sprintf("%s for %s", status, strings.Join(quoted, " and ")))
		}
	}
	return strings.Join(parts, ", ")
}

// help returns what each status means, one a line, for those who answer.
func (a answerSet) help() string {
	var lines []string
	for _, status := range inOrder() {
		if len(a[status]) > 0 {
			lines = append(lines, words.Status(status)+": "+strings.Join(a[status], "; "))
		}
	}
	return strings.Join(lines, "\n")
}
