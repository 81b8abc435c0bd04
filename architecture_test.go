// Package plumbline_test holds rules about the repository as a whole.
package plumbline_test

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "plumbline/"

// layers says which of our own packages each one may import. A rule for a folder holds for the packages in it, unless
// they have a rule of their own.
var layers = map[string][]string{
	"assessment":        {},
	"assessment/words":  {"assessment"},
	"assessment/report": {"assessment", "assessment/words"},
	"content":           {"assessment", "assessment/words", "content"},
	"storage":           {"assessment", "storage"},
	"templates":         {"assessment", "assessment/words", "templates"},
	"static":            {},
	"web":               {"assessment", "assessment/report", "assessment/words", "static", "templates", "web"},
	"cmd":               {"assessment", "assessment/report", "assessment/words", "cmd", "content", "static", "storage", "templates", "web"},
}

// restricted says which packages alone may import a library.
var restricted = map[string]string{
	"github.com/jung-kurt/gofpdf": "assessment/report",
	"github.com/mattn/go-sqlite3": "storage",
	"github.com/pressly/goose/v3": "storage",
	"github.com/gorilla/sessions": "web",
	"github.com/yuin/goldmark":    "content/azurearticle",
	"github.com/alecthomas/kong":  "cmd",

	"github.com/prometheus/client_golang": "cmd/plumbline/metrics",
	"github.com/danielgtaylor/huma/v2":    "web",
	"github.com/coreos/go-oidc/v3":        "web",
	"golang.org/x/oauth2":                 "web",
	"github.com/zitadel/oidc/v3":          "web/oidctest",
}

// forbidden says what a package may not import of the standard library: the domain asks nobody for time, files or a
// context. (It names moments, but reads no clock.)
var forbidden = map[string][]string{
	"assessment": {"context", "os", "io/fs", "net/http", "database/sql", "log", "log/slog"},
}

type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
}

// listPackages returns every package that the program is built from, by import path.
func listPackages(t *testing.T) map[string]listed {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-json=ImportPath,Standard,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := map[string]listed{}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var one listed
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		packages[one.ImportPath] = one
	}
}

// readFolders lets the test cache notice new and changed packages: it does not see what go list reads.
func readFolders(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(path, ".") && path != ".") {
			return filepath.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// layerOf returns the longest rule that covers one of our packages.
func layerOf(name string) (string, bool) {
	best, found := "", false
	for layer := range layers {
		if within(name, layer) && len(layer) >= len(best) {
			best, found = layer, true
		}
	}
	return best, found
}

// within reports whether a package is the folder's or below it.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

func TestImportsGoOneWay(t *testing.T) {
	readFolders(t)
	packages := listPackages(t)
	for path, one := range packages {
		name, own := strings.CutPrefix(path, module)
		if !own {
			continue
		}
		layer, ok := layerOf(name)
		if !ok {
			t.Errorf("%s has no rule about its imports", name)
		}
		for _, imported := range one.Imports {
			if target, own := strings.CutPrefix(imported, module); own {
				if to, _ := layerOf(target); !slices.Contains(layers[layer], to) {
					t.Errorf("%s imports %s", name, target)
				}
			}
			if layer == "assessment" && !packages[imported].Standard {
				t.Errorf("%s imports %s, which is not of the standard library", name, imported)
			}
			for library, home := range restricted {
				if within(imported, library) && !within(name, home) {
					t.Errorf("%s imports %s; only %s may", name, imported, home)
				}
			}
		}
	}
}

func TestForbiddenImports(t *testing.T) {
	readFolders(t)
	packages := listPackages(t)
	for name, names := range forbidden {
		one, ok := packages[module+name]
		if !ok {
			t.Fatalf("there is no package %s", name)
		}
		for _, imported := range one.Imports {
			if slices.Contains(names, imported) {
				t.Errorf("%s imports %s", name, imported)
			}
		}
	}
}
