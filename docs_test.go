package plumbline_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
)

// section returns the text of a page between a heading of the second level and the next one.
func section(t *testing.T, page, heading string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("%s has no section %q", page, heading)
	}
	body, _, _ := strings.Cut(after, "\n## ")
	return body
}

var folderOfMap = regexp.MustCompile(`(?m)^([a-z][a-z/]*)/ +[a-zA-Z]`)

// TestMapHasEveryPackage holds the map of the architecture by the packages that there are.
func TestMapHasEveryPackage(t *testing.T) {
	mapped := map[string]bool{}
	for _, row := range folderOfMap.FindAllStringSubmatch(section(t, "docs/architecture.md", "Map"), -1) {
		mapped[row[1]] = true
	}
	for name := range listPackages(t) {
		if !mapped[name] {
			t.Errorf("the map in docs/architecture.md lacks %s", name)
		}
		delete(mapped, name)
	}
	if left := slices.Sorted(maps.Keys(mapped)); len(left) > 0 {
		t.Errorf("the map in docs/architecture.md has %v, which are no packages", left)
	}
}

// pages returns the Markdown files of the documentation.
func pages(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir("docs", func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".md") {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	links    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	headings = regexp.MustCompile(`(?m)^#+ (.+)$`)
	notInID  = regexp.MustCompile(`[^a-z0-9 -]`)
)

// anchors returns what a link can name in a page after the sign #.
func anchors(page string) map[string]bool {
	all := map[string]bool{}
	for _, heading := range headings.FindAllStringSubmatch(page, -1) {
		all[strings.ReplaceAll(notInID.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-")] = true
	}
	return all
}

// TestLinksLeadSomewhere follows every link of the documentation to a file or a heading of this repository.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range links.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(link[1], "://") {
				continue
			}
			file, anchor, _ := strings.Cut(link[1], "#")
			target := page
			if file != "" {
				target = filepath.Join(filepath.Dir(page), file)
			}
			linked, err := os.ReadFile(target)
			if err != nil {
				t.Errorf("%s links to %s: %v", page, link[1], err)
			} else if anchor != "" && !anchors(string(linked))[anchor] {
				t.Errorf("%s links to %s, where there is no such heading", page, link[1])
			}
		}
	}
}

var fileNamed = regexp.MustCompile("`([a-z.][a-z0-9_./-]*/[a-z0-9_.]+\\.(?:go|templ|sql|json|yaml|css|js))`")

// TestNamedFilesExist looks for each file that the pages for developers name with its folder.
func TestNamedFilesExist(t *testing.T) {
	for _, page := range []string{"CONTRIBUTING.md", "docs/architecture.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, named := range fileNamed.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(named[1]); err != nil {
				t.Errorf("%s names %s: %v", page, named[1], err)
			}
		}
	}
}

// word is a code of the product, as files have it, with what people call it.
type word struct{ code, called string }

// spoken returns codes with the words that the product uses for them.
func spoken[T ~string](call func(T) string, codes ...T) []word {
	var all []word
	for _, code := range codes {
		all = append(all, word{string(code), call(code)})
	}
	return all
}

var rowOfGlossary = regexp.MustCompile("(?m)^\\| ([^|]+) \\| `([^`|]+)` \\| [^|]+ \\|$")

// TestGlossaryHasEveryWord compares the tables of the glossary with the words that the product uses.
func TestGlossaryHasEveryWord(t *testing.T) {
	kinds := map[string][]word{
		"Statuses": append(spoken(words.Status, assessment.Adopted, assessment.Partial, assessment.Absent, assessment.NotApplicable),
			word{"unanswered", words.Status(assessment.Unanswered)}),
		"Levels":                spoken(words.Level, assessment.High, assessment.Medium, assessment.Low, assessment.None, assessment.Unknown),
		"Efforts":               spoken(words.Effort, assessment.EffortS, assessment.EffortM, assessment.EffortL),
		"States of a tradeoff":  spoken(words.State, assessment.Live, assessment.Possible, assessment.Quiet),
		"Kinds of a tradeoff":   spoken(words.Kind, assessment.Tension, assessment.BlindSpot),
		"Choices of a decision": spoken(words.Choice, assessment.Accept, assessment.Mitigate, assessment.Revisit),
		"Roles":                 spoken(words.Role, access.Viewer, access.Architect, access.Lead),
	}
	for kind, want := range kinds {
		var got []word
		for _, row := range rowOfGlossary.FindAllStringSubmatch(section(t, "docs/glossary.md", kind), -1) {
			got = append(got, word{code: row[2], called: row[1]})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s in docs/glossary.md are %v, want %v", kind, got, want)
		}
	}
	for _, term := range []string{"Facet", "Scope", "Pull", "Signal", "Tradeoff"} {
		if !strings.Contains(section(t, "docs/glossary.md", "Terms"), "\n| "+term+" | ") {
			t.Errorf("docs/glossary.md has no term %s", term)
		}
	}
}
