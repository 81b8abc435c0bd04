package plumbline_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var folderOfMap = regexp.MustCompile(`(?m)^([a-z][a-z/]*)/ +[a-zA-Z]`)

// TestReadmeMapsEveryFolder holds the map of the README by the packages that there are.
func TestReadmeMapsEveryFolder(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, built, _ := strings.Cut(string(readme), "## How it is built\n")
	mapped := map[string]bool{}
	for _, row := range folderOfMap.FindAllStringSubmatch(built, -1) {
		mapped[row[1]] = true
	}
	readFolders(t)
	for path := range listPackages(t) {
		name, own := strings.CutPrefix(path, module)
		if own && !mapped[name] {
			t.Errorf("the map in the README lacks %s", name)
		}
		delete(mapped, name)
	}
	if left := slices.Sorted(maps.Keys(mapped)); len(left) > 0 {
		t.Errorf("the map in the README has %v, which are no packages", left)
	}
}
