package walk

import (
	"net/url"
	"slices"
	"strings"

	"plumbline/assessment/words"
)

// offeredReasons are the reasons to choose from: those of the questionnaire, then those that were given before, each once.
func offeredReasons(when, used []string) []string {
	var all []string
	add := func(reason string) {
		same := func(other string) bool { return strings.EqualFold(other, reason) }
		if reason != "" && !slices.ContainsFunc(all, same) {
			all = append(all, reason)
		}
	}
	for _, clause := range when {
		add(words.Reason(clause))
	}
	for _, reason := range used {
		add(reason)
	}
	return all
}

// suggestedField is the button that gives a reason for a practice.
const suggestedField = "why."

// suggestedTo returns the practice for which a button of the form gives a reason, empty where none was used.
func suggestedTo(form url.Values) string {
	for name := range form {
		if practice, is := strings.CutPrefix(name, suggestedField); is {
			return practice
		}
	}
	return ""
}
