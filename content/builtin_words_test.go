package content

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

// textsOf returns every text of a questionnaire that people read, by its place.
func textsOf(q *assessment.Questionnaire) map[string]string {
	texts := map[string]string{"summary": q.Summary}
	for _, f := range q.Facets {
		texts["facet "+f.ID] = f.Title + "\n" + f.Help
	}
	for _, pillar := range q.Pillars {
		texts[pillar.ID] = pillar.Title + "\n" + pillar.Summary
		for _, principle := range pillar.Principles {
			texts[principle.ID] = principle.Title + "\n" + principle.Summary
			for _, question := range principle.Questions {
				texts[question.ID] = question.Title + "\n" + question.Help
				for _, p := range question.Practices {
					texts[p.ID] = strings.Join([]string{p.Title, p.Help, p.Advice, p.NotApplicableWhen}, "\n")
				}
			}
		}
	}
	for _, t := range q.Tradeoffs {
		lines := append([]string{t.Title, t.Summary, t.Sides[0].Label, t.Sides[1].Label, t.Decide}, t.Mitigations...)
		for _, signal := range t.Signals {
			lines = append(lines, signal.Says)
		}
		texts[t.ID] = strings.Join(lines, "\n")
	}
	return texts
}

// pointing are words that point at another practice by where it stands: it may be hidden, filtered or on another page.
var pointing = regexp.MustCompile(`(?i)\b(sibling|asked (above|below|before|earlier|next|separately|under)|practices? (above|below|before|after)|(next|previous|preceding|following|first|last) (practice|question|principle))\b`)

// oldFashioned are words that the product does not use, most of them for a term of the field.
var oldFashioned = regexp.MustCompile(`(?i)\b(partly|delays?|dearer|dearly|whoever|becomes of|those that|is no [a-z]+ (of|that)|behaviour|utilis\w+|optimis\w+|organis\w+|catalogue|Azure AI services|Azure AI Language|Cognitive Services|Azure AI Foundry|AI Studio)\b`)

func TestBuiltinWords(t *testing.T) {
	for place, text := range textsOf(mustBuiltin(t)) {
		if found := pointing.FindString(text); found != "" {
			t.Errorf("%s points by position: %q", place, found)
		}
		if found := oldFashioned.FindString(text); found != "" {
			t.Errorf("%s says %q", place, found)
		}
	}
}

func TestBuiltinLengths(t *testing.T) {
	q := mustBuiltin(t)
	for _, p := range practicesOf(q) {
		if n := len(strings.Fields(p.Title)); n > 16 {
			t.Errorf("%s: the title has %d words", p.ID, n)
		}
		if n := len(strings.Fields(p.Help)); n > 60 {
			t.Errorf("%s: the help has %d words", p.ID, n)
		}
		if strings.Contains(p.Title, "?") || strings.Count(p.Title, ".") != 1 {
			t.Errorf("%s: %q is not one sentence", p.ID, p.Title)
		}
	}
	for _, tradeoff := range q.Tradeoffs {
		if !strings.Contains(tradeoff.Title, " vs. ") {
			t.Errorf("%s: %q does not name two sides", tradeoff.ID, tradeoff.Title)
		}
	}
}

// The terms that architects look for lead somewhere.
func TestBuiltinHasTheTermsOfTheField(t *testing.T) {
	terms := []string{"canary", "blue-green", "hallucination", "rate limit", "least privilege", "backoff", "prompt injection",
		"drift", "PTU", "failover", "token limit", "retirement", "guardrail", "grounding", "circuit breaker", "latency",
		"workload identity", "private endpoint", "rollback", "red teaming", "MLOps", "EU AI Act", "RAG", "spot VM"}
	all := practicesOf(mustBuiltin(t))
	for _, term := range terms {
		if !slices.ContainsFunc(all, func(p assessment.Practice) bool {
			text := strings.Join(append([]string{p.Title, p.Help}, p.Aka...), "\n")
			return strings.Contains(strings.ToLower(text), strings.ToLower(term))
		}) {
			t.Errorf("%q finds no practice", term)
		}
	}
	for _, p := range all {
		if len(p.Aka) == 0 || len(p.Related) == 0 {
			t.Errorf("%s has no words to find it by, or no related practice", p.ID)
		}
	}
}

// No text shares six words in a row with the document that it was written from. The folder that PLUMBLINE_SAMPLES names
// has it and its neighbors.
func TestBuiltinCopiesNoSentence(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(os.Getenv("PLUMBLINE_SAMPLES"), "azure-article", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	runs := map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range runsOfSix(string(data)) {
			runs[run] = filepath.Base(file)
		}
	}
	for place, text := range textsOf(mustBuiltin(t)) {
		for line := range strings.Lines(text) {
			for _, run := range runsOfSix(line) {
				if file, ok := runs[run]; ok {
					t.Errorf("%s shares %q with %s", place, run, file)
				}
			}
		}
	}
}

var word = regexp.MustCompile(`[a-z0-9']+`)

func runsOfSix(text string) []string {
	words := word.FindAllString(strings.ToLower(text), -1)
	var runs []string
	for i := range max(0, len(words)-5) {
		runs = append(runs, strings.Join(words[i:i+6], " "))
	}
	return runs
}
