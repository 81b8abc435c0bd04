package azurechecklist

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/readertest"
)

func TestImportRefuses(t *testing.T) {
	var rows []string
	for i := range 1_000 {
		rows = append(rows, fmt.Sprintf(`{"text": "t", "guid": "g%d"}`, i))
	}
	rows[998] = `{"text": "t" "guid": "g998"}`
	tests := []struct{ name, data, want string }{
		{"empty", "", `c:1:1: expected a value, found the end of the file`},
		{"a list", "[]", `c:1:1: expected a checklist (an object with items and metadata), found a list`},
		{"no checklist", `{"a": 1}`, `c:1:1: this is not a checklist: the key "items" is missing`},
		{"items is text", `{"items": "x"}`, `c:1:11: items: expected a list of items, found the text "x"`},
		{"too many items", `{"items": [` + strings.Repeat("{},", 2_000) + "\n{}]}",
			`c:2:1: items[2000]: a questionnaire can have at most 2000 practices, and this checklist has 2001 items`},
		{"nothing to keep", `{"items": [{}, 7]}`, `c:1:1: nothing in the checklist can be kept: expected at least one item with a text`},
		{"trailing data", "{\"items\": []}\n {}", `c:2:2: expected the end of the file, found '{'`},
		{"duplicate key", "{\"items\": [{\"guid\": 1,\n \"guid\": 2}]}", `c:2:2: items[0].guid: the key "guid" is already used, on line 1 column 13`},
		{"too deep", strings.Repeat("[", 10_001), `: nested deeper than 64 levels`},
		{"too complex", "[" + strings.Repeat("0,", 400_000), `: the file is too complex: more than 150000 values`},
		{"bad row", `{"items": [` + strings.Join(rows, ",\n") + `]}`, `c:999:14: items[998]: expected a comma or '}', found '"'`},
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

// However many of something there are, the time grows with the file and no faster.
func TestManyOfOneKindAreQuick(t *testing.T) {
	many := func(n int, format string) string {
		all := make([]string, n)
		for i := range all {
			all[i] = strings.ReplaceAll(format, "#", strconv.Itoa(i))
		}
		return strings.Join(all, ",")
	}
	items := many(2_000, `{"guid": "same", "text": "t", "category": "c#"}`)
	for name, data := range map[string]string{
		"categories": `{"categories": [` + many(50_000, `{"name": "n#"}`) + `], "items": [` + items + `]}`,
		"links":      `{"items": [{"text": "t", "tools": [` + many(40_000, `{"title": "t", "url": "https://example.org/#"}`) + `]}]}`,
		"tags":       `{"items": [{"text": "` + strings.Repeat("<", 50_000) + strings.Repeat("b>", 50_000) + `<br>"}]}`,
	} {
		best := time.Hour
		for range 3 { // on a busy machine the quickest run tells what it costs
			best = min(best, readertest.Of(func() { imported(t, []byte(data)) }).Time)
		}
		if best > time.Second {
			t.Errorf("%s: took %v", name, best)
		}
	}
}

// drawn draws items with any value under any key.
func drawn(t *rapid.T) string {
	keys := rapid.SampledFrom([]string{"guid", "id", "text", "title", "waf", "category", "subcategory", "severity", "link", "graph", "tags", "optionalFields",
		"services", "documentation", "service", "odd"})
	values := rapid.SampledFrom([]string{`"a"`, `"a"`, `"b c"`, `""`, `null`, `1`, `true`, `["a", null, 2]`, `{"score": {"cost": 1}}`, `[{"name": "n", "url": "https://a.org"}]`,
		`"https://a.org, https:/b.org/<br>"`, `"Security"`, `"\u0000\ud800"`, `NaN`})
	var items []string
	for range rapid.IntRange(0, 8).Draw(t, "items") {
		members := map[string]string{}
		for range rapid.IntRange(0, 8).Draw(t, "members") {
			members[keys.Draw(t, "key")] = values.Draw(t, "value")
		}
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(members)) {
			parts = append(parts, fmt.Sprintf("%q: %s", key, members[key]))
		}
		items = append(items, "{"+strings.Join(parts, ", ")+"}")
	}
	return `{"items": [` + strings.Join(items, ",\n") + `], "metadata": ` + values.Draw(t, "metadata") + `}`
}

// Whatever the values are, the questionnaire passes the check, or what is wrong is said with its place.
func TestAnyValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { try(t, []byte(drawn(t))) })
}

func FuzzImport(f *testing.F) {
	f.Add(fixture(f, "usual.json"))
	f.Add(fixture(f, "shapes.json"))
	f.Add([]byte(`{"items": [{"text": NaN, "guid": "", "waf": 5}, null, {"title": "\ud800", "link": "https://[::1"}]}`))
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
