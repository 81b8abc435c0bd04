package plumbline_test

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	templ "github.com/a-h/templ/parser/v2"
	"github.com/a-h/templ/parser/v2/visitor"
)

var printTexts = flag.Bool("texts", false, "print every text that the program says, a line each with its place")

// forbiddenFile has one phrase a line that no text may hold, in lower case, and after a tab what to write instead.
const forbiddenFile = "docs/forbidden-phrases.txt"

// text is what somebody reads, and where it is written.
type text struct {
	place string // file:line
	value string
}

// speaking are the folders whose Go code and pages speak to people.
var speaking = []string{"assessment", "cmd/plumbline", "content", "storage", "templates", "web"}

// readAttributes are those whose values people read or hear.
var readAttributes = []string{"alt", "aria-label", "aria-description", "content", "placeholder", "summary", "title", "label"}

// texts returns every text of the program: of pages, scripts and code, in the order of their places.
func texts(t *testing.T) []text {
	t.Helper()
	var all []text
	for _, folder := range speaking {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			found, err := textsOf(path)
			all = append(all, found...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	scripts, err := filepath.Glob("static/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range scripts {
		all = append(all, scriptTexts(t, path)...)
	}
	slices.SortStableFunc(all, func(a, b text) int { return cmp.Compare(a.place, b.place) })
	return all
}

func textsOf(path string) ([]text, error) {
	switch {
	case strings.HasSuffix(path, ".templ"):
		return pageTexts(path)
	case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasPrefix(path, support) && !strings.HasSuffix(path, "test/"+filepath.Base(path)):
		return codeTexts(path)
	}
	return nil, nil
}

// pageTexts returns the texts that stand in the markup of a page.
func pageTexts(path string) ([]text, error) {
	file, err := templ.Parse(path)
	if err != nil {
		return nil, err
	}
	var all []text
	add := func(value string, at templ.Range) {
		value = strings.Join(strings.Fields(html.UnescapeString(value)), " ")
		if strings.ContainsFunc(value, isLetter) {
			all = append(all, text{fmt.Sprintf("%s:%d", path, at.From.Line+1), value})
		}
	}
	v := visitor.New()
	v.Text = func(n *templ.Text) error { add(n.Value, n.Range); return nil }
	v.ConstantAttribute = func(n *templ.ConstantAttribute) error {
		if slices.Contains(readAttributes, n.Key.String()) {
			add(n.Value, n.Range)
		}
		return nil
	}
	return all, file.Visit(v)
}

// codeTexts returns the strings of Go code that look like something to read: several words, or a word with a capital. In
// code generated from a page, markup is left out: the page itself has it.
func codeTexts(path string) ([]text, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, 0)
	if err != nil {
		return nil, err
	}
	var all []text
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			if n.Tag != nil {
				n.Tag = nil
			}
		case *ast.BasicLit:
			value, err := strconv.Unquote(n.Value)
			if err == nil && n.Kind == token.STRING && readable(value) {
				all = append(all, text{fmt.Sprintf("%s:%d", path, files.Position(n.Pos()).Line), value})
			}
		}
		return true
	})
	return all, nil
}

var (
	statement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|PRAGMA|BEGIN|ROLLBACK|VACUUM|ANALYZE|FROM|WHERE|AND|ORDER BY|ON CONFLICT|SAVEPOINT|RELEASE)\b`)
	capital   = regexp.MustCompile(`^[A-Z][a-z]+$`)
	several   = regexp.MustCompile(`[A-Za-z]{2,}[,;:]? [A-Za-z“(]`)
	scripted  = regexp.MustCompile("\"((?:[^\"\\\\\n]|\\\\.)*)\"|`([^`]*)`")
)

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func readable(s string) bool {
	return !strings.ContainsAny(s, "<>{}") && !statement.MatchString(s) && (several.MatchString(s) || capital.MatchString(s))
}

func scriptTexts(t *testing.T, path string) []text {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []text
	for i, line := range strings.Split(string(source), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			continue
		}
		for _, found := range scripted.FindAllStringSubmatch(line, -1) {
			if value := found[1] + found[2]; several.MatchString(value) && !strings.ContainsAny(value, "<>[#=") {
				all = append(all, text{fmt.Sprintf("%s:%d", path, i+1), value})
			}
		}
	}
	return all
}

// TestTexts prints what the program says where -texts asks for it, and holds that no text has a forbidden phrase, in the
// program, the built-in questionnaires and the documents.
func TestTexts(t *testing.T) {
	all := texts(t)
	if len(all) < 1000 {
		t.Fatalf("%d texts were found", len(all))
	}
	if *printTexts {
		for _, one := range all {
			fmt.Printf("%s\t%s\n", one.place, strconv.Quote(one.value))
		}
	}
	phrases := forbidden(t)
	for _, one := range slices.Concat(all, documentTexts(t)) {
		for phrase, instead := range phrases {
			if phrase.MatchString(one.value) {
				t.Errorf("%s: %q has %s: %s", one.place, one.value, phrase, instead)
			}
		}
	}
}

// forbidden returns the phrases that no text may hold, and what to write instead.
func forbidden(t *testing.T) map[*regexp.Regexp]string {
	t.Helper()
	lines, err := os.ReadFile(forbiddenFile)
	if err != nil {
		t.Fatal(err)
	}
	phrases := map[*regexp.Regexp]string{}
	for line := range strings.Lines(string(lines)) {
		phrase, instead, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if phrase != "" && !strings.HasPrefix(phrase, "#") {
			phrases[regexp.MustCompile(`(?i)\b`+regexp.QuoteMeta(phrase)+`\b`)] = instead
		}
	}
	if len(phrases) == 0 {
		t.Fatal("no phrase is forbidden")
	}
	return phrases
}

// documentTexts returns the lines of the documents and of the built-in questionnaires.
func documentTexts(t *testing.T) []text {
	t.Helper()
	var all []text
	for _, pattern := range []string{"README.md", "SECURITY.md", "docs/*.md", "content/*.yaml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			number := 0
			for line := range strings.Lines(string(source)) {
				number++
				all = append(all, text{fmt.Sprintf("%s:%d", path, number), line})
			}
		}
	}
	return all
}

// saidOnce are the folders whose texts are written in one place each.
var saidOnce = []string{"assessment/", "cmd/", "storage/", "templates/", "web/", "static/"}

// TestNoTextIsWrittenTwice holds that a sentence has one place: where it changes once, it would stay as it was elsewhere.
func TestNoTextIsWrittenTwice(t *testing.T) {
	places := map[string][]string{}
	for _, one := range texts(t) {
		value := strings.TrimSpace(one.value)
		if len(strings.Fields(value)) < 5 || strings.ToUpper(value[:1]) != value[:1] {
			continue
		}
		// Code that is generated from a page repeats what the page says.
		page, _, generated := strings.Cut(one.place, "_templ.go:")
		if generated && slices.ContainsFunc(places[value], func(at string) bool { return strings.HasPrefix(at, page+".templ:") }) {
			continue
		}
		places[value] = append(places[value], one.place)
	}
	for value, at := range places {
		if len(at) > 1 && slices.ContainsFunc(at, once) {
			t.Errorf("%q is written at %s", value, strings.Join(at, ", "))
		}
	}
}

func once(place string) bool {
	return slices.ContainsFunc(saidOnce, func(folder string) bool { return strings.HasPrefix(place, folder) })
}
