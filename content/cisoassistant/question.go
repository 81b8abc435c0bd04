package cisoassistant

import (
	"strings"

	"plumbline/content/foreign"
)

// questions returns the questions of a requirement as text, and the first of them by itself.
func (n *node) questions() (all, first string) {
	if !n.Has("questions") {
		return "", ""
	}
	v := n.Known["questions"]
	if v.Kind != foreign.Object {
		v.Lose("expected a mapping of questions, found %s: left out", v.Describe())
		return "", ""
	}
	var parts []string
	for _, m := range v.Members {
		f, ok := v.Member(m).Fields("type", "text", "choices", "depends_on", "translations")
		if !ok {
			continue
		}
		text := f.Line("text")
		if first == "" {
			first = text
		}
		parts = append(parts, question(f, text))
	}
	return joined(parts...), first
}

// question returns one question with its choices as text.
func question(f foreign.Fields, text string) string {
	kind := f.Line("type")
	choices := f.List("choices")
	lines := []string{"Question: " + text}
	switch kind {
	case "", "unique_choice":
	case "multiple_choice":
		lines[0] = "Question (several answers): " + text
	default:
		lines[0] = "Question (" + kind + "): " + text
	}
	if len(choices) == 0 {
		f.Count("a question with a free-text answer: it is in the help, and the answer belongs in the note")
	} else {
		f.Count("a question with choices: it is in the help, because a practice has one status")
	}
	if f.Has("depends_on") {
		f.Known["depends_on"].Lose("the question is asked only after a certain answer to another one, which cannot be kept")
	}
	for _, choice := range choices {
		if f, ok := choice.Fields("urn", "value", "description", "color", "add_score", "compute_result", "select_implementation_groups", "translations"); ok {
			lines = append(lines, line(f))
		}
	}
	leaveOut(f, "translations")
	return strings.Join(lines, "\n")
}

// meaning returns the status that a choice gives the requirement, in words; "" for a result that is not known.
func meaning(result string) string {
	switch result {
	case "compliant", "true":
		return "adopted"
	case "partially_compliant":
		return "partial"
	case "non_compliant", "false":
		return "absent"
	case "not_applicable":
		return "not applicable"
	}
	return ""
}

// line returns one choice as a line of text.
func line(f foreign.Fields) string {
	text := "- " + f.Word("value")
	if d := f.Line("description"); d != "" {
		text = strings.TrimSuffix(text, ".") + ": " + d
	}
	var notes []string
	if f.Has("compute_result") {
		result := f.Word("compute_result")
		if status := meaning(result); status != "" {
			notes = append(notes, "means "+status)
			f.Known["compute_result"].Count("the meaning of a choice is written after it: set the status manually")
		} else {
			f.Known["compute_result"].Lose("expected compliant, partially_compliant, non_compliant or not_applicable, found %s: left out", foreign.Shorten(result))
		}
	}
	if f.Has("add_score") {
		notes = append(notes, "score "+f.Word("add_score"))
		f.Known["add_score"].Count("the score of a choice is written after it: scores are not added up")
	}
	if groups := texts(f.List("select_implementation_groups")); len(groups) > 0 {
		notes = append(notes, "selects the group "+strings.Join(groups, ", "))
		f.Known["select_implementation_groups"].Count("the groups that a choice selects are written after it: an answer does not select groups")
	}
	leaveOut(f, "color", "translations")
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// texts returns the texts in a list.
func texts(list []foreign.Value) []string {
	var found []string
	for _, v := range list {
		if v.Kind == foreign.Number || v.Kind == foreign.Boolean {
			found = append(found, v.Text)
		} else if s := v.OneLine(v.Raw()); s != "" {
			found = append(found, s)
		}
	}
	return found
}
