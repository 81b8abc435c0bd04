package storage

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sqliteOnly are the constructs that PostgreSQL does not take, or takes for something else.
var sqliteOnly = map[string]*regexp.Regexp{
	"OR in a write":       regexp.MustCompile(`(?i)\b(?:INSERT|UPDATE) OR\b|\bREPLACE INTO\b`), // ON CONFLICT DO NOTHING or DO UPDATE
	"placeholder":         regexp.MustCompile(`\?|[:@][a-z]\w*`),                               // $1, $2, …
	"IS with a value":     regexp.MustCompile(`(?i)\bIS (?:NOT )?(?:\$|')`),                    // IS NOT DISTINCT FROM
	"==":                  regexp.MustCompile(`==`),
	"quoted name":         regexp.MustCompile("[\"`\\[]"), // SQLite takes an unknown one for a text
	"LIMIT":               regexp.MustCompile(`(?i)\bLIMIT (?:-|[^\s,]+\s*,)`),
	"GLOB, REGEXP, MATCH": regexp.MustCompile(`(?i)\b(?:GLOB|REGEXP|MATCH)\b`),
	"COLLATE":             regexp.MustCompile(`(?i)\bCOLLATE\b`),
	"rowid":               regexp.MustCompile(`(?i)\b_?(?:last_insert_)?rowid_?\b|\bAUTOINCREMENT\b`),
	"table of SQLite":     regexp.MustCompile(`(?i)\bsqlite_\w+|\bpragma_\w+`),
	"two-value max":       regexp.MustCompile(`(?i)\b(?:max|min)\([^()]*,`), // greatest, least
	"function of SQLite": regexp.MustCompile(`(?i)\b(?:ifnull|iif|instr|typeof|printf|quote|hex|randomblob|zeroblob|total|changes|` +
		`group_concat|strftime|julianday|unixepoch|datetime|date|time|json_\w+|jsonb_\w+)\(`),
	"command of SQLite": regexp.MustCompile(`(?i)\b(?:PRAGMA|VACUUM INTO|ATTACH|DETACH|INDEXED BY|BEGIN (?:IMMEDIATE|EXCLUSIVE|DEFERRED))\b`),
	"table option":      regexp.MustCompile(`(?i)\bSTRICT\b|\bWITHOUT ROWID\b`),
	"type":              regexp.MustCompile(`(?i)\bINTEGER\b|\bREAL\b|\bBLOB\b|\bDATETIME\b`), // bigint, double precision, bytea
	"trigger":           regexp.MustCompile(`(?i)\bCREATE TRIGGER\b|\bRAISE ?\(`),
}

// allowedSQLite are the places that may use such a construct, each because of what stands behind it.
var allowedSQLite = []struct{ file, construct, why string }{
	{"dialect_sqlite.go", "command of SQLite", "settings, checks and copies of the file; PostgreSQL has its own"},
	{"dialect_sqlite.go", "table of SQLite", "asks what kind of file this is before anything trusts it"},
	{"migrations/", "table option", "to be left out: PostgreSQL is as strict without"},
	{"migrations/", "rowid", "WITHOUT ROWID, see table option"},
	{"migrations/", "type", "INTEGER is bigint, REAL double precision, BLOB bytea"},
	{"migrations/", "trigger", "PostgreSQL wants a function for it"},
	{"migrations/00001_start.sql", "command of SQLite", "marks the file as one of this program"},
	{"migrations/00002_access.sql", "function of SQLite", "fills in rows that only an old SQLite database has"},
	{"migrations/00004_library.sql", "function of SQLite", "fills in rows that only an old SQLite database has"},
}

// statement is an SQL text of this package. What is not known before it runs is … in it.
type statement struct{ file, text string }

var beginsStatement = regexp.MustCompile(`^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE|CREATE|ALTER|DROP|PRAGMA|VACUUM|ATTACH|BEGIN)\b`)

// statements returns every SQL statement in the Go files of this package, and each migration as one.
func statements(t *testing.T) []statement {
	t.Helper()
	var all []statement
	for _, name := range must(filepath.Glob("migrations/*.sql"))(t) {
		all = append(all, statement{name, withoutComments(string(must(fs.ReadFile(embedded, name))(t)))})
	}
	files, constants := parsed(t)
	for name, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			expression, ok := node.(ast.Expr)
			if _, named := node.(*ast.Ident); named || !ok { // the constant was seen where it is declared
				return true
			}
			text, ok := textOf(expression, constants)
			if ok && beginsStatement.MatchString(text) {
				all = append(all, statement{name, text})
			}
			return !ok
		})
	}
	return all
}

func withoutComments(sql string) string {
	return regexp.MustCompile(`--.*`).ReplaceAllString(sql, "")
}

// parsed returns the Go files of this package but for its tests, and its constant texts.
func parsed(t *testing.T) (files map[string]*ast.File, constants map[string]string) {
	t.Helper()
	files, constants = map[string]*ast.File{}, map[string]string{}
	for _, name := range must(filepath.Glob("*.go"))(t) {
		if !strings.HasSuffix(name, "_test.go") {
			files[name] = must(parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution))(t)
		}
	}
	for range 2 { // a constant may be made of one further down
		for _, file := range files {
			ast.Inspect(file, func(node ast.Node) bool {
				if value, ok := node.(*ast.ValueSpec); ok {
					for i, of := range value.Values {
						if text, ok := textOf(of, constants); ok {
							constants[value.Names[i].Name] = text
						}
					}
				}
				return true
			})
		}
	}
	return files, constants
}

// textOf returns the text that an expression puts together, if it begins with a known one.
func textOf(e ast.Expr, constants map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		return constant.StringVal(constant.MakeFromLiteral(e.Value, token.STRING, 0)), true
	case *ast.Ident:
		text, ok := constants[e.Name]
		return text, ok
	case *ast.BinaryExpr:
		left, ok := textOf(e.X, constants)
		if !ok || e.Op != token.ADD {
			return "", false
		}
		right, ok := textOf(e.Y, constants)
		if !ok {
			right = "…"
		}
		return left + right, true
	}
	return "", false
}

// TestStatementsArePortable holds that PostgreSQL would take every statement as it is, but for the ones of the list.
func TestStatementsArePortable(t *testing.T) {
	all := statements(t)
	if len(all) < 150 {
		t.Fatalf("found %d statements only", len(all))
	}
	used := map[int]bool{}
	for _, one := range all {
		for construct, pattern := range sqliteOnly {
			if !pattern.MatchString(one.text) {
				continue
			}
			i := slices.IndexFunc(allowedSQLite, func(a struct{ file, construct, why string }) bool {
				return a.construct == construct && strings.HasPrefix(one.file, a.file)
			})
			if used[i] = true; i < 0 {
				t.Errorf("%s: %s (%q) in %s", one.file, construct, pattern.FindString(one.text), one.text)
			}
		}
	}
	for i, allowed := range allowedSQLite {
		if !used[i] {
			t.Errorf("%s needs no %s any more", allowed.file, allowed.construct)
		}
	}
}

// TestParametersAreInOrder holds that a statement names its parameters first in the order of their numbers: SQLite binds
// them by place, PostgreSQL by number.
func TestParametersAreInOrder(t *testing.T) {
	parameter := regexp.MustCompile(`\$(\d+)`)
	for _, one := range statements(t) {
		last := 0
		for _, match := range parameter.FindAllStringSubmatch(one.text, -1) {
			n := must(strconv.Atoi(match[1]))(t)
			if n > last+1 {
				t.Errorf("%s: $%d comes before $%d in %s", one.file, n, last+1, one.text)
			}
			last = max(last, n)
		}
	}
}

func TestConstructsOfSQLiteAreSeen(t *testing.T) {
	for sql, want := range map[string]string{
		"INSERT OR IGNORE INTO team (id) VALUES ($1)":        "OR in a write",
		"SELECT id FROM team WHERE id = ?":                   "placeholder",
		"SELECT id FROM team WHERE id = :id":                 "placeholder",
		"SELECT id FROM account WHERE disabled_at IS $1":     "IS with a value",
		`SELECT id FROM team WHERE name = "Platform"`:        "quoted name",
		"SELECT id FROM team LIMIT 10, 20":                   "LIMIT",
		"SELECT max(at, $1) FROM audit":                      "two-value max",
		"SELECT json_extract(tags, '$[0]') FROM workload":    "function of SQLite",
		"SELECT id FROM team ORDER BY name COLLATE NOCASE":   "COLLATE",
		"SELECT rowid FROM audit":                            "rowid",
		"SELECT name FROM sqlite_schema":                     "table of SQLite",
		"SELECT coalesce(max(at), 0) FROM audit WHERE a = b": "",
		"SELECT id FROM account WHERE disabled_at IS NULL":   "",
	} {
		seen := ""
		for construct, pattern := range sqliteOnly {
			if pattern.MatchString(sql) && seen != want {
				seen = construct
			}
		}
		if seen != want {
			t.Errorf("%s: got %q, want %q", sql, seen, want)
		}
	}
}
