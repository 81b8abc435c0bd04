package plumbline_test

import (
	"bytes"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exported is what rooms export beyond New, Store and Routes: options, what the command line wires, and what web or
// another room calls.
var exported = map[string][]string{
	"web/account": {"Options", "SSO", "SSO.Look", "GroupRole", "CheckIssuer", "HashPassword", "FindProvider", "Recognised", "Confirm", "Confirmation"},
	"web/api":     {"RecognisedByToken", "WriteError", "WriteRefusal"},
	"web/compare": {"Comparison", "CompareBoth"},
	"web/library": {"Files"},
	"web/live":    {"Options", "Changed", "Streams", "Close"},
	"web/move":    {"EarlierView"},
	"web/reports": {"ReportRequest", "ReportRequested", "ReportOn"},
	"web/review":  {"ReadReview"},
}

// support has tests alone as its readers.
const support = "web/webtest"

// Bounds of what people read at once.
const (
	maxFilesOfRoom = 25
	maxFiles       = 60
	maxLines       = 320
	maxMethods     = 35
)

// receiver returns the name of the type that a method belongs to, or "" for a function.
func receiver(function *ast.FuncDecl) string {
	if function.Recv == nil {
		return ""
	}
	of := function.Recv.List[0].Type
	if pointer, is := of.(*ast.StarExpr); is {
		of = pointer.X
	}
	if generic, is := of.(*ast.IndexExpr); is {
		of = generic.X
	}
	name, _ := of.(*ast.Ident)
	if name == nil {
		return ""
	}
	return name.Name
}

// exports returns the exported names that a file of a room declares: methods of its handlers by their own name, methods
// of an exported type with the name of the type.
func exports(file *ast.File) []string {
	var names []string
	for _, declared := range file.Decls {
		switch declared := declared.(type) {
		case *ast.FuncDecl:
			switch of := receiver(declared); {
			case of == "" || of == "handlers":
				names = append(names, declared.Name.Name)
			case ast.IsExported(of):
				names = append(names, of+"."+declared.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range declared.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, spec.Name.Name)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return !ast.IsExported(name[strings.LastIndex(name, ".")+1:])
	})
}

func TestRoomsExportLittle(t *testing.T) {
	for name, one := range listPackages(t) {
		if !isRoom(name) {
			continue
		}
		may := append([]string{"New", "Store", "Routes"}, exported[name]...)
		for _, file := range one.GoFiles {
			for _, declared := range exports(parsed(t, filepath.Join(one.Dir, file))) {
				if !slices.Contains(may, declared) {
					t.Errorf("%s/%s exports %s", name, file, declared)
				}
			}
		}
	}
}

func TestPackagesAndFilesAreReadable(t *testing.T) {
	for name, one := range listPackages(t) {
		files := slices.DeleteFunc(slices.Clone(one.GoFiles), func(file string) bool { return strings.HasSuffix(file, "_templ.go") })
		limit := maxFiles
		switch {
		case name == support:
		case strings.HasPrefix(name, "web/") || strings.HasPrefix(name, "templates/"):
			limit = maxFilesOfRoom
		}
		if len(files) > limit {
			t.Errorf("%s has %d files, at most %d are wanted", name, len(files), limit)
		}
		for _, file := range files {
			source, err := os.ReadFile(filepath.Join(one.Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			if lines := bytes.Count(source, []byte("\n")); lines > maxLines {
				t.Errorf("%s/%s has %d lines, at most %d are wanted", name, file, lines, maxLines)
			}
		}
	}
}

func TestTypesOfTheWebStaySmall(t *testing.T) {
	for name, one := range listPackages(t) {
		if !within(name, "web") || name == support {
			continue
		}
		methods := map[string]int{}
		for _, file := range one.GoFiles {
			for _, declared := range parsed(t, filepath.Join(one.Dir, file)).Decls {
				if function, is := declared.(*ast.FuncDecl); is {
					methods[receiver(function)]++
				}
			}
		}
		delete(methods, "")
		for _, of := range slices.Sorted(maps.Keys(methods)) {
			if methods[of] > maxMethods {
				t.Errorf("%s.%s has %d methods, at most %d are wanted", name, of, methods[of], maxMethods)
			}
		}
	}
}
