package plumbline_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

var requirementRow = regexp.MustCompile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| ([12]) \\| (met|not applicable|open) \\| [^|]+ \\| (`[^`]+`|–) \\|$")

// TestSecurityPageNamesWhatIsThere holds that the page has each requirement of the two levels once, that its sums are
// right, and that every file which it names exists.
func TestSecurityPageNamesWhatIsThere(t *testing.T) {
	text, err := os.ReadFile("docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	seen, levels, states := map[string]bool{}, map[string]int{}, map[string]int{}
	for _, row := range requirementRow.FindAllStringSubmatch(string(text), -1) {
		id, level, state, where := row[1], row[2], row[3], strings.Trim(row[4], "`")
		if seen[id] {
			t.Errorf("%s is there twice", id)
		}
		seen[id] = true
		levels[level]++
		states[state]++
		if where == "–" && state != "not applicable" {
			t.Errorf("%s is %s and names no place", id, state)
		}
		if _, err := os.Stat(where); where != "–" && err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	if levels["1"] != 70 || levels["2"] != 183 {
		t.Errorf("%d requirements of level 1 and %d of level 2, want 70 and 183", levels["1"], levels["2"])
	}
	sum := fmt.Sprintf("%d are met, %d are not applicable and %d are open", states["met"], states["not applicable"], states["open"])
	if !strings.Contains(string(text), sum) {
		t.Errorf("the page does not say %q", sum)
	}
}
