package cisoassistant

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/readertest"
)

func TestImportRefuses(t *testing.T) {
	var rows, many []string
	for i := range 2_001 {
		many = append(many, "{assessable: true}")
		if i < 1_000 {
			rows = append(rows, fmt.Sprintf(`{urn: u%d, assessable: true, name: R}`, i))
		}
	}
	rows[998] = `{urn: u998, assessable: true, name: R]`
	twice := slices.Clone(rows[:3])
	twice[1] = `{urn: u1, name: A, name: B}`
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	tests := []struct{ name, data, want string }{
		{"empty", "", `c:1:1: the file is empty: expected one YAML or JSON document`},
		{"a list", "[]", `c:1:1: expected a library (a mapping with urn, name and objects), found a list`},
		{"no library", "a: 1", `c:1:1: this is not a library: expected a mapping under the key "objects"`},
		{"no framework", "name: x\nobjects:\n  risk_matrix: []\n  threats: []", `c:3:3: objects: the library has no framework (only risk_matrix, threats): there is nothing to answer`},
		{"nothing", "objects: {}", `c:1:10: objects: the library has no framework (only nothing): there is nothing to answer`},
		{"framework is a list", "objects:\n  framework: []", `c:2:14: objects.framework: expected one framework (a mapping), found a list`},
		{"no nodes", "objects:\n  framework: {name: x}", `c:2:14: objects.framework: expected a list of nodes under the key "requirement_nodes"`},
		{"nothing to answer", string(framework("{name: x}", "7")), `nothing in the framework can be answered: expected at least one assessable requirement node`},
		{"too many", string(framework(many...)), `c:2007:7: objects.framework.requirement_nodes[2000]: a questionnaire can have at most 2000 practices, and this framework has more assessable nodes`},
		{"two documents", "objects: {}\n---\na: 1\n", `c:2:1: expected one document, found a second one`},
		{"duplicate key", string(framework(twice...)), `c:8:26: objects.framework.requirement_nodes[1].name: the key "name" is already used, on line 8 column 17`},
		{"key that is a list", "? [a]\n: b\n", "c:1:3: expected a word as the key"},
		{"alias bomb", bomb, `: too much: at most 300000 values, 5 MiB of text and 64 levels are allowed, aliases expanded`},
		{"circle", "a: &a [*a]\n", `: the anchor contains itself`},
		{"too complex", strings.Repeat("- 0\n", 400_000), `: the file is too complex: more than 300000 values`},
		{"not UTF-8", "a: \xff", `c:1:4: this is not UTF-8 text`},
		{"bad row", string(framework(rows...)), `c:1005:44: not YAML: did not find expected ',' or '}'`},
		{"too deep", strings.Repeat("[", 10_001), ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			q, losses, err := Import("c", []byte(tt.data))
			if q != nil || losses != nil || err == nil || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if assessment.CodeOf(err) != assessment.Invalid {
				t.Errorf("code = %s", assessment.CodeOf(err))
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
	if _, _, err := Import("c", make([]byte, content.MaxSize+1)); assessment.CodeOf(err) != assessment.TooLarge {
		t.Errorf("too large: %v", err)
	}
}

// A large framework, nested as deep as it goes, is read within the second.
func TestImportIsQuick(t *testing.T) {
	var nodes []string
	text := strings.Repeat("All doors are to be closed, and **windows** too. ", 2)
	for i := range 2_000 {
		parent := ""
		if i%9 > 0 {
			parent = fmt.Sprintf(`parent_urn: "a:b:c:d:e:%d", `, i-1)
		}
		nodes = append(nodes, fmt.Sprintf(`{urn: "a:b:c:d:e:%d", %sassessable: true, depth: %d, ref_id: "%d", description: "%s"}`, i, parent, i%9+1, i, text))
	}
	data := framework(nodes...)
	took := time.Hour
	for range 3 { // other work on the machine slows down some
		start := time.Now()
		if q, _ := imported(t, data); len(q.Pillars) != 1 {
			t.Errorf("%d pillars", len(q.Pillars))
		}
		took = min(took, time.Since(start))
	}
	if took > time.Second {
		t.Errorf("took %v for %d bytes", took, len(data))
	}
}

// drawn draws nodes with any value under any key.
func drawn(t *rapid.T) []byte {
	keys := rapid.SampledFrom([]string{"urn", "parent_urn", "assessable", "depth", "ref_id", "name", "description", "annotation", "questions", "weight",
		"implementation_groups", "threats", "translations", "odd"})
	values := rapid.SampledFrom([]string{"a", "b", "c", `"a:b:c:d:e:f g"`, "true", "true", "false", "null", "1", "-2.5", "2026-02-30", "[a, 1, null]",
		"{q: {type: text, text: t}, r: {text: null, choices: [{value: v, compute_result: x}, 3]}}", `"[a](https://a.org) **b** <br> <https://b.org>"`, `"\0\u2028"`})
	var nodes []string
	for range rapid.IntRange(1, 12).Draw(t, "nodes") {
		members := map[string]string{}
		for range rapid.IntRange(0, 8).Draw(t, "members") {
			members[keys.Draw(t, "key")] = values.Draw(t, "value")
		}
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(members)) {
			parts = append(parts, key+": "+members[key])
		}
		nodes = append(nodes, "{"+strings.Join(parts, ", ")+"}")
	}
	return framework(nodes...)
}

// Whatever the values are, the questionnaire passes the check, or what is wrong is said with its place.
func TestAnyValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := drawn(t)
		try(t, data)
		if q, _, err := Import("f", data); err == nil {
			got := strings.Count(outline(q), "\n      ")
			if want := strings.Count(string(data), "assessable: true"); got != want {
				t.Errorf("%d practices of %d assessable nodes:\n%s\n%s", got, want, data, outline(q))
			}
		}
	})
}

func FuzzImport(f *testing.F) {
	f.Add(house(f))
	f.Add(framework("{urn: a, parent_urn: a, assessable: yes}", "{urn: a, assessable: true, name: 5}", "*x"))
	f.Add([]byte("objects: &o\n  framework: {requirement_nodes: [&n {assessable: true, questions: {q: {}}}, *n]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Within(t, len(data), func() { try(t, data) }) })
}

func try(t interface{ Errorf(string, ...any) }, data []byte) {
	q, losses, err := Import("f", data)
	if err != nil {
		if code := assessment.CodeOf(err); code != assessment.Invalid || strings.Contains(err.Error(), "as a questionnaire") {
			t.Errorf("%s: %v", code, err)
		}
		return
	}
	if _, err := assessment.Compile(q); err != nil || len(losses) == 0 {
		t.Errorf("the domain refuses what was read: %v", err)
	}
}
