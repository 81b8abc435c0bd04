package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

func write(t testing.TB, f Format, s Named) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := renderer(t).Snapshot(t.Context(), &w, f, s); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func writeChange(t testing.TB, f Format, before, after Named) []byte {
	t.Helper()
	c, err := assessment.Compare(before.Snapshot, after.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := renderer(t).Comparison(t.Context(), &w, f, c, before, after); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func readCSV(t testing.TB, document []byte) (head map[string]int, rows [][]string) {
	t.Helper()
	plain, ok := bytes.CutPrefix(document, []byte(byteOrderMark))
	if !ok {
		t.Fatal("no byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(plain)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head = map[string]int{}
	for i, name := range rows[0] {
		head[name] = i
	}
	return head, rows[1:]
}

func TestSnapshotCSV(t *testing.T) {
	s := snap(t, fixture(), "Design review", taken, mixed)
	nasty := []string{"x;=1+1;y", `x;"=1+1"`, "x\n=1+1", "x;'y;;=1", "=1+1", "+1", "-1", "@sum", "\ttab", "\rreturn", "'quoted", "''", "a,b", "a\"b", "a\nb", " space ", "é", ""}
	for i, text := range nasty {
		id := "x0" + strconv.Itoa(10+i)
		s.Answers[id] = assessment.Answer{Status: assessment.Partial, Note: text}
	}
	head, rows := readCSV(t, write(t, CSV, s))
	if len(rows) != 135 {
		t.Errorf("%d rows, want one a practice: 135", len(rows))
	}
	for i, text := range nasty {
		cell := rows[10+i][head["note"]]
		if formulaIn(cell) {
			t.Errorf("cell %q is taken for a formula", cell)
		}
		if got := unguard(cell); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
	for _, name := range []string{"gain", "weight"} {
		for _, row := range rows {
			if _, decimals, _ := strings.Cut(row[head[name]], "."); row[head[name]] != "" && len(decimals) != 4 {
				t.Fatalf("%s is %s, want four decimals: with three, some spreadsheets take the point for a separator of thousands", name, row[head[name]])
			}
		}
	}
	if got := rows[4][head["status"]]; got != "unanswered" {
		t.Errorf("status of an unanswered practice is %q", got)
	}
}

// unguard is what a reader does to have the text as it was typed.
func unguard(cell string) string {
	var b strings.Builder
	starts := true
	for _, r := range []byte(cell) {
		if !starts || r != '\'' {
			b.WriteByte(r)
		}
		starts = strings.IndexByte(";\r\n", r) >= 0
	}
	return b.String()
}

// formulaIn reports whether a spreadsheet could take a part of the cell for a formula: one that parts cells at ; does not
// see the quotes around it.
func formulaIn(cell string) bool {
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";\r\n", r) }) {
		if part = strings.TrimLeft(part, `"`); part != "" && strings.ContainsRune("=+-@\t", rune(part[0])) {
			return true
		}
	}
	return strings.HasPrefix(cell, "\r")
}

func TestGuardCellRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([;\n\r]?["]?['=+@\-\t\r]{0,4}[a-z]*){1,3}`)).Draw(t, "text")
		guarded := guardCell(text)
		if got := unguard(guarded); got != text {
			t.Fatalf("%q comes back as %q", text, got)
		}
		if formulaIn(guarded) {
			t.Fatalf("%q begins like a formula", guarded)
		}
	})
}

// The parts in the CSV of a comparison add up as they are written.
func TestComparisonCSVAddsUp(t *testing.T) {
	q := fixture()
	before, after := snap(t, q, "Design review", taken, mixed), snap(t, q, "Before launch", taken, better)
	head, rows := readCSV(t, writeChange(t, CSV, before, after))
	sum, end, applicability, practices := 0.0, 0.0, 0.0, 0.0
	for _, row := range rows {
		if of, err := strconv.ParseFloat(row[head["of_applicability"]], 64); err == nil {
			practices += of
		}
		if row[head["kind"]] == "applicability" {
			applicability, _ = strconv.ParseFloat(row[head["part"]], 64)
		}
		part, err := strconv.ParseFloat(row[head["part"]], 64)
		if err != nil {
			continue
		}
		if row[head["kind"]] == "score_after" {
			end = part
			continue
		}
		if _, decimals, _ := strings.Cut(row[head["part"]], "."); len(decimals) != 12 {
			t.Errorf("the part %s has %d decimals, want 12", row[head["part"]], len(decimals))
		}
		sum += part
	}
	if math.Abs(sum-end) > 1e-9 || end == 0 {
		t.Errorf("the parts add up to %v, the score after is %v", sum, end)
	}
	if math.Abs(applicability-practices) > 1e-9 || practices == 0 {
		t.Errorf("the parts of practices add up to %v, the applicability is %v", practices, applicability)
	}
}

func TestPartsAddUpAsShown(t *testing.T) {
	q := fixture()
	before, after := snap(t, q, "Design review", taken, mixed), snap(t, q, "Before launch", taken, better)
	compared, err := assessment.Compare(before.Snapshot, after.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	c := newChange(compared, before, after)
	sum := tenths(c.Before.Overall.Low)
	for _, p := range c.Parts {
		sum += p.Shown
		if math.Abs(p.Shown-p.Exact) > 0.1 {
			t.Errorf("%s is shown as %v and is %v", p.Title, p.Shown, p.Exact)
		}
	}
	if tenths(sum) != tenths(c.After.Overall.Low) {
		t.Errorf("the shown parts end at %v, want %v", sum, tenths(c.After.Overall.Low))
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain words, 7.5 - 3 (all)!", "plain words, 7.5 - 3 (all)!"},
		{"# head #1", `\# head #1`},
		{"- item", `\- item`},
		{"===", `\===`},
		{"12. item", `12\. item`},
		{"12) item 3.", `12\) item 3.`},
		{"    code", "code"},
		{"<script>", `\<script\>`},
		{"[a](javascript:alert(1))", `\[a\](javascript:alert(1))`},
		{"![a](x)", `!\[a\](x)`},
		{"a | b", `a \| b`},
		{"`code` *b* _i_ ~s~ $m$", "\\`code\\` \\*b\\* \\_i\\_ \\~s\\~ \\$m\\$"},
		{"https://evil.example", `https\://evil.example`},
		{"WWW.evil.example", `WWW\.evil.example`},
		{"a@b.example", `a\@b.example`},
		{"&lt;", `\&lt;`},
		{"one\n- two\n===\n# three", "one - two === # three"},
		{"a\u202Eb\x00", `a\[U+202E\]b\[U+0000\]`},
		{`back\slash`, `back\\slash`},
	}
	for _, tt := range tests {
		if got := escape(tt.in); got != tt.want {
			t.Errorf("escape(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Nothing that people type begins a line of the document or stands unescaped in it.
func TestMarkdownHoldsNoForeignMarkup(t *testing.T) {
	const attack = "x\n# head\n- item\n    code\n| a | b |\n<img src=x onerror=alert(1)> [l](http://evil.example) ![i](//evil.example) &amp;"
	q := fixture()
	s := snap(t, q, "Design review", taken, mixed)
	s.Title, s.Note, s.Workload.Name, s.Workload.Owner = attack, attack, attack, attack
	s.Answers["x000"] = assessment.Answer{Status: assessment.Partial, Note: attack, Evidence: []assessment.Link{{Title: attack, URL: "javascript:alert(1)"}, {Title: "](x)", URL: "https://ok.example/a)b<c>`"}}}
	for i := range s.Decisions {
		s.Decisions[i].Rationale, s.Decisions[i].Owner = attack, attack
	}
	for _, document := range [][]byte{write(t, Markdown, s), writeChange(t, Markdown, snap(t, q, "Before", taken, better), s)} {
		plain := strings.NewReplacer(`\\`, "", `\<`, "", `\&`, "", `\[`, "").Replace(string(document)) // without what is escaped
		for _, bad := range []string{"\n# head", "\n- item", "\n    code", "<img", "[l](", "![i]", "http://evil", "&amp;", "[x", "\n| a |"} {
			if strings.Contains(plain, bad) {
				t.Errorf("the document holds %q", bad)
			}
		}
	}
	if !bytes.Contains(write(t, Markdown, s), []byte(`[\](x)](<https://ok.example/a%29b%3Cc%3E%60>)`)) {
		t.Error("a good link is missing")
	}
}

// A principle whose single question has the same words, as in imported lenses, says them once.
func TestAnswersSayAQuestionOnce(t *testing.T) {
	q := fixture()
	principle := &q.Pillars[0].Principles[0]
	principle.Title = "How do you drain a node?"
	principle.Questions[0].Practices = append(principle.Questions[0].Practices, principle.Questions[1].Practices...)
	principle.Questions = principle.Questions[:1]
	principle.Questions[0].Title = principle.Title
	other := &q.Pillars[0].Principles[1].Questions[0]
	other.Title = "How do you cordon a node?"
	s := snap(t, q, "Design review", taken, mixed)

	answers := string(write(t, Markdown, s))
	for want, n := range map[string]int{": How do you drain a node?\n": 1, "#### How do you drain a node?\n": 0, "#### How do you cordon a node?\n": 1} {
		if got := strings.Count(answers, want); got != n {
			t.Errorf("%q %d times in Markdown, want %d", want, got, n)
		}
	}
	text := strings.ReplaceAll(readPDF(t, snapshotPDF(t, renderer(t), s)).text(), "\n", " ")
	_, appendix, _ := strings.Cut(text, "All practices in the order")
	for want, n := range map[string]int{"How do you drain a node?": 1, "How do you cordon a node?": 1} {
		if got := strings.Count(appendix, want); got != n {
			t.Errorf("%q %d times in the appendix, want %d", want, got, n)
		}
	}
}

func TestJSON(t *testing.T) {
	q := fixture()
	s := snap(t, q, "Design review", taken, mixed)
	document := write(t, JSON, s)
	if assessment.Hash(document) != s.Hash {
		t.Error("the JSON of a snapshot is not the document that its hash is of")
	}
	var c struct {
		Delta  float64
		Before struct{ Overall float64 }
		After  struct{ Overall float64 }
	}
	if err := json.Unmarshal(writeChange(t, JSON, s, snap(t, q, "Before launch", taken, better)), &c); err != nil {
		t.Fatal(err)
	}
	if math.Abs(c.After.Overall-c.Before.Overall-c.Delta) > 1e-3 || c.Delta == 0 {
		t.Errorf("%v to %v is a change of %v", c.Before.Overall, c.After.Overall, c.Delta)
	}
}

func TestFormats(t *testing.T) {
	for name, want := range map[string]Format{"a.pdf": PDF, "b.CSV": CSV, "dir.x/c.md": Markdown, "d.json": JSON, "e.txt": "", "pdf": ""} {
		if got, ok := FormatOf(name); got != want || ok != (want != "") {
			t.Errorf("FormatOf(%q) = %q, %v", name, got, ok)
		}
	}
	if got := PDF.FileName("Claims/triage \"é\"", "Design review"); got != "claims-triage-design-review.pdf" {
		t.Errorf("FileName = %q", got)
	}
	err := renderer(t).Snapshot(t.Context(), &bytes.Buffer{}, "docx", snap(t, fixture(), "x", taken, mixed))
	if assessment.CodeOf(err) != assessment.Invalid {
		t.Errorf("an unknown format: %v", err)
	}
}
