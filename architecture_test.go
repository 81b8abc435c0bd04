// Package plumbline_test holds rules about the repository as a whole.
package plumbline_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "plumbline/"

// layers says which of our own packages each one may import, where "folder/..." is the folder's package and all below it.
// A rule for a folder holds for the packages in it, unless they have a rule of their own. What a room and its pages may
// import is said by ofRoom and ofPages.
var layers = map[string][]string{
	"assessment":             {},
	"assessment/ids":         {},
	"assessment/access":      {"assessment"},
	"assessment/difference":  {"assessment"},
	"assessment/move":        {"assessment", "assessment/words"},
	"assessment/exampletest": {"assessment"},
	"assessment/wording":     {},
	"assessment/words":       {"assessment", "assessment/access"},
	"assessment/story":       {"assessment", "assessment/words"},
	"assessment/find":        {"assessment"},
	"assessment/worksheet":   {"assessment"},
	"assessment/suggest":     {"assessment"},
	"assessment/report":      {"assessment", "assessment/story", "assessment/words"},
	"content":                {"assessment", "assessment/words", "content/..."},
	"storage":                {"assessment", "assessment/access", "assessment/ids", "assessment/move", "storage/folder"},
	"storage/folder":         {},
	"static":                 {},
	"templates":              {"assessment", "assessment/difference", "assessment/wording", "assessment/words"},
	"web":                    {"assessment", "assessment/access", "assessment/ids", "static", "web/..."},
	"web/page": {"assessment", "assessment/access", "assessment/difference", "assessment/ids", "assessment/move", "assessment/wording",
		"assessment/words", "static", "templates", "web/typed"},
	"web/typed":    {},
	"web/drawing":  {"assessment", "assessment/report", "web/page"},
	"web/oidctest": {},
	"web/webtest":  {"assessment/...", "content/...", "storage", "templates", "web", "web/account", "web/page"},
	"cmd":          {"assessment/...", "cmd/...", "content/...", "storage/...", "templates", "web", "web/account", "web/drawing", "web/page"},
}

var (
	ofRoom  = []string{"assessment", "assessment/access", "assessment/ids", "assessment/story", "assessment/wording", "assessment/words", "templates", "web/page"}
	ofPages = []string{"assessment", "assessment/access", "assessment/story", "assessment/wording", "assessment/words", "templates"}
)

// also is what some rooms import beyond ofRoom: rules that they alone show, the reports that they hand out, the queue before drawing them, what was
// typed before a sign-in, and other rooms.
var also = map[string][]string{
	"web/account":   {"web/typed"},
	"web/api":       {"assessment/report", "web/drawing", "web/compare", "web/reports"},
	"web/audit":     {"assessment/report"},
	"web/compare":   {"assessment/report", "web/drawing"},
	"web/find":      {"assessment/find"},
	"web/library":   {"web/drawing"},
	"web/move":      {"assessment/difference", "assessment/move"},
	"web/reports":   {"assessment/report", "web/drawing"},
	"web/review":    {"assessment/suggest"},
	"web/snapshots": {"assessment/report", "web/drawing"},
	"web/walk":      {"assessment/worksheet"},
}

// forTests are the packages that only tests import.
var forTests = []string{"assessment/exampletest", "web/webtest", "web/oidctest"}

// restricted says which packages alone may import a library.
var restricted = map[string][]string{
	"github.com/google/uuid":       {"assessment/ids"},
	"github.com/jung-kurt/gofpdf":  {"assessment/report"},
	"github.com/mattn/go-sqlite3":  {"storage"},
	"github.com/pressly/goose/v3":  {"storage"},
	"github.com/yuin/goldmark":     {"content/azurearticle"},
	"github.com/alecthomas/kong":   {"cmd"},
	"github.com/zitadel/oidc/v3":   {"web/oidctest"},
	"github.com/coreos/go-oidc/v3": {"web/account"},
	"golang.org/x/oauth2":          {"web/account"},
	"github.com/gorilla/sessions":  {"web/account"},

	"github.com/alexedwards/argon2id":     {"web/account"},
	"github.com/danielgtaylor/huma/v2":    {"web/api"},
	"github.com/gorilla/securecookie":     {"web/account", "web/page", "web/webtest", "cmd/internal/lab"}, // tests sign people in
	"github.com/prometheus/client_golang": {"cmd/plumbline/metrics"},
}

// pure says which libraries a package of the domain may import. It asks nobody for time, files or a context. (It names
// moments, but reads no clock.)
var pure = map[string][]string{
	"assessment":            {"golang.org/x/text"},                          // names are compared as Unicode says
	"assessment/access":     {"golang.org/x/net/idna", "golang.org/x/text"}, // and so are addresses
	"assessment/difference": {},
	"assessment/move":       {},
	"assessment/story":      {},
	"assessment/find":       {},
	"assessment/worksheet":  {},
	"assessment/suggest":    {},
	"assessment/words":      {"golang.org/x/text"},
}

// impure is what the packages in pure do not import of the standard library.
var impure = []string{"context", "os", "io/fs", "net/http", "database/sql", "log", "log/slog"}

type listed struct {
	ImportPath, Dir string
	GoFiles         []string // without tests
	Imports         []string
}

// listPackages returns every package of this repository by its folder.
func listPackages(t *testing.T) map[string]listed {
	t.Helper()
	readFolders(t)
	out, err := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports", "./...").Output()
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
		if name, below := strings.CutPrefix(one.ImportPath, module); below {
			packages[name] = one
		}
	}
}

// parsed returns the syntax of a Go file.
func parsed(t *testing.T, file string) *ast.File {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return source
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

// within reports whether a package is the folder's or below it.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// isRoom reports whether a package is a room of the web.
func isRoom(name string) bool {
	_, ruled := layers[name]
	return strings.HasPrefix(name, "web/") && !ruled
}

// allowed returns what of ours a package may import.
func allowed(t *testing.T, name string) []string {
	t.Helper()
	if isRoom(name) {
		return slices.Concat(ofRoom, also[name], []string{"templates" + strings.TrimPrefix(name, "web")})
	}
	if strings.HasPrefix(name, "templates/") {
		return ofPages
	}
	for folder := name; folder != "."; folder = path.Dir(folder) {
		if names, ruled := layers[folder]; ruled {
			return names
		}
	}
	t.Errorf("%s has no rule about its imports", name)
	return nil
}

func TestImportsGoOneWay(t *testing.T) {
	for name, one := range listPackages(t) {
		may := allowed(t, name)
		for _, imported := range one.Imports {
			target, own := strings.CutPrefix(imported, module)
			if !own {
				continue
			}
			if !slices.ContainsFunc(may, func(rule string) bool {
				folder, all := strings.CutSuffix(rule, "/...")
				return target == folder || all && within(target, folder)
			}) || slices.Contains(forTests, target) {
				t.Errorf("%s imports %s", name, target)
			}
		}
	}
}

func TestLibrariesStayInTheirPlaces(t *testing.T) {
	for name, one := range listPackages(t) {
		for _, imported := range one.Imports {
			inside := func(folder string) bool { return within(name, folder) }
			for library, homes := range restricted {
				if within(imported, library) && !slices.ContainsFunc(homes, inside) {
					t.Errorf("%s imports %s; only %v may", name, imported, homes)
				}
			}
			libraries, isPure := pure[name]
			isLibrary := strings.Contains(strings.Split(imported, "/")[0], ".")
			may := slices.ContainsFunc(libraries, func(library string) bool { return within(imported, library) })
			if isPure && (slices.Contains(impure, imported) || isLibrary && !may) {
				t.Errorf("%s imports %s", name, imported)
			}
		}
	}
	for _, file := range listPackages(t)["assessment/report"].GoFiles {
		if source := parsed(t, filepath.Join("assessment/report", file)); file != "canvas.go" && slices.ContainsFunc(source.Imports, func(i *ast.ImportSpec) bool {
			return i.Path.Value == `"github.com/jung-kurt/gofpdf"`
		}) {
			t.Errorf("assessment/report/%s imports gofpdf; only canvas.go may", file)
		}
	}
}
