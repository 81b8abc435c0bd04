package plumbline_test

import (
	"os"
	"path/filepath"
	"regexp"
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
