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
)

// ruleOfClass is the rule of one class alone, outside of a condition.
var ruleOfClass = regexp.MustCompile(`(?m)^  (\.[a-z0-9-]+) \{`)

// TestEachClassHasOneRule: two parts of the stylesheet that both define a class spoil each other's pages.
func TestEachClassHasOneRule(t *testing.T) {
	sheet, err := os.ReadFile(filepath.Join("static", "app.css"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, rule := range ruleOfClass.FindAllSubmatch(sheet, -1) {
		class := string(rule[1])
		if seen[class] {
			t.Errorf("%s has two rules in static/app.css", class)
		}
		seen[class] = true
	}
	if len(seen) < 150 {
		t.Errorf("only %d rules were read", len(seen))
	}
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssText    = regexp.MustCompile(`"[^"\n]*"|'[^'\n]*'|url\([^)]*\)`)
	cssClass   = regexp.MustCompile(`\.([A-Za-z][A-Za-z0-9_-]*)`)

	attribute  = regexp.MustCompile(`[a-z-]+="[^"]*"`)
	quotedText = regexp.MustCompile(`"((?:[^"\\\n]|\\.)*)"(\s*\+)?`)
)

// TestEachClassIsUsed: a rule of a class that no page has is read by every browser and by everyone who changes the sheet.
func TestEachClassIsUsed(t *testing.T) {
	sheet, err := os.ReadFile(filepath.Join("static", "app.css"))
	if err != nil {
		t.Fatal(err)
	}
	use := classUse{}
	for _, class := range cssClass.FindAllSubmatch(cssText.ReplaceAll(cssComment.ReplaceAll(sheet, nil), nil), -1) {
		use[string(class[1])] = false
	}
	use["no-such-class"] = false
	use.readFolders(t, "templates", "static")
	if use["no-such-class"] || !use["notice-page"] {
		t.Error("used and unused classes are not told apart")
	}
	delete(use, "no-such-class")
	for _, class := range slices.Sorted(maps.Keys(use)) {
		if !use[class] {
			t.Errorf(".%s of static/app.css is in no template and no script", class)
		}
	}
}

// classUse is whether templates and scripts name each class of the stylesheet.
type classUse map[string]bool

func (u classUse) readFolders(t *testing.T, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !mayNameClasses(path) {
				return err
			}
			source, err := os.ReadFile(path)
			u.read(string(source))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mayNameClasses reports whether a file is a template, a script or what goes with them, and written by hand.
func mayNameClasses(path string) bool {
	if strings.HasPrefix(path, filepath.Join("static", "dist")) || strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go") {
		return false
	}
	return slices.Contains([]string{".templ", ".go", ".js"}, filepath.Ext(path))
}

// read notes the classes in the quoted texts of a file. Of attributes, only that with classes counts.
func (u classUse) read(source string) {
	source = attribute.ReplaceAllStringFunc(source, func(a string) string {
		classes, ok := strings.CutPrefix(a, `class="`)
		if ok {
			u.note(strings.Fields(strings.TrimSuffix(classes, `"`)))
		}
		return ""
	})
	for _, quoted := range quotedText.FindAllStringSubmatch(source, -1) {
		words := strings.Fields(quoted[1])
		if last := len(words) - 1; quoted[2] != "" && last >= 0 && strings.HasSuffix(words[last], "-") {
			u.noteBeginning(words[last])
			words = words[:last]
		}
		if !slices.ContainsFunc(words, func(word string) bool { _, known := u[word]; return !known }) {
			u.note(words) // any other text is for people
		}
	}
}

func (u classUse) note(words []string) {
	for _, word := range words {
		if _, known := u[word]; known {
			u[word] = true
		}
	}
}

// noteBeginning notes the classes that begin with a text to which something is added.
func (u classUse) noteBeginning(beginning string) {
	for class := range u {
		if strings.HasPrefix(class, beginning) {
			u[class] = true
		}
	}
}
