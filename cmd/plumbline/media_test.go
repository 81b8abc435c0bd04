package main

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/report"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/cmd/plumbline/demo"
	"plumbline/templates"
)

// media are the texts that every medium gives of one thing, without any space: lines break where the medium does.
type media map[string]string

// say fails where a medium lacks one of the facts.
func (m media) say(t *testing.T, facts ...string) {
	t.Helper()
	for name, text := range m {
		for _, fact := range facts {
			if !strings.Contains(text, squeezed(fact)) {
				t.Errorf("%s does not say %q", name, fact)
			}
		}
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// TestEveryMediumSaysTheSame draws a comparison and a snapshot of the example as page, PDF, Markdown, CSV, JSON and on
// the command line, and holds that the words and the numbers are those of the story.
func TestEveryMediumSaysTheSame(t *testing.T) {
	p := started(t, "demo", "--addr", "127.0.0.1:0")
	s := &visit{t: t, base: p.base(), client: anybody(t)}
	s.post(templates.SignInURL, http.StatusSeeOther, "email", demo.Email, "password", demo.Password)
	id := regexp.MustCompile(`/assessments/([0-9a-f-]{36})[^>]*>\s*Contract search`).FindStringSubmatch(s.get(templates.PortfolioURL, http.StatusOK))[1] // its scope changed
	var taken []string                                                                                                                                   // newest first
	for _, found := range regexp.MustCompile(`/snapshots/([0-9a-f-]{36})/document\.json`).FindAllStringSubmatch(s.get(templates.SnapshotsURL(id), http.StatusOK), -1) {
		taken = append(taken, found[1])
	}
	before, after := taken[len(taken)-1], taken[0]
	first, second := s.get(templates.SnapshotDocumentURL(before), http.StatusOK), s.get(templates.SnapshotDocumentURL(after), http.StatusOK)
	a, b := readSnapshot(t, first), readSnapshot(t, second)

	t.Run("comparison", func(t *testing.T) {
		comparison, err := assessment.Compare(a.Snapshot, b.Snapshot)
		if err != nil {
			t.Fatal(err)
		}
		c := story.Between(comparison, a.Snapshot, b.Snapshot)
		cli := plumbline(t, first, "compare", "-", written(t, "after.json", second))
		all := media{"the page": pageText(t, s.get(templates.CompareTwoURL(id, before, after), http.StatusOK)), "the command line": squeezed(cli.out)}
		for name, format := range map[string]report.Format{"the PDF": report.PDF, "Markdown": report.Markdown} {
			all[name] = drawnComparison(t, format, comparison, a, b)
		}
		all.say(t, comparisonFacts(c)...)
		checkComparisonData(t, c, s.get(templates.CompareFileURL(id, "csv", before, after), http.StatusOK),
			s.get(templates.CompareFileURL(id, "json", before, after), http.StatusOK))
	})
	t.Run("snapshot", func(t *testing.T) {
		v := story.Of(b.Snapshot)
		all := media{"the page": pageText(t, s.get(templates.SnapshotURL(after), http.StatusOK)), "Markdown": unescaped(s.get(templates.SnapshotSummaryURL(after), http.StatusOK))}
		var pdf bytes.Buffer
		if err := renderer(t).Snapshot(t.Context(), &pdf, report.PDF, b); err != nil {
			t.Fatal(err)
		}
		all["the PDF"] = pdfText(t, pdf.Bytes())
		all.say(t, snapshotFacts(v)...)
		checkAnswers(t, v, s.get(templates.SnapshotAnswersURL(after), http.StatusOK))
	})
}

func comparisonFacts(c *story.Change) []string {
	facts := []string{c.Verdict(), c.Sum(), c.Why(), c.StatesTitle(), c.SettledTitle()}
	for _, s := range c.Scores {
		facts = append(facts, s.Title, story.Low(s.Before), story.Low(s.After), s.Band)
	}
	for _, p := range c.Parts {
		facts = append(facts, p.Title, p.Note)
	}
	facts = append(facts, c.ScopeTitle(), c.ScopeNote())
	for _, one := range c.ScopeShifts() {
		facts = append(facts, one.Title, one.Before, one.After)
	}
	for _, list := range c.Lists {
		if len(list.Rows) > 0 {
			facts = append(facts, list.Title)
		}
		for _, p := range list.Rows {
			facts = append(append(facts, p.Title, p.BeforeWord(), words.Status(p.After)), p.Notes...)
		}
	}
	for _, one := range c.States {
		facts = append(facts, one.Title, words.State(one.Before), words.State(one.After))
	}
	for _, one := range c.Settled {
		facts = append(facts, one.Title, one.Kind)
	}
	return facts
}

// checkComparisonData holds the numbers of the files for programs by those that people see.
func checkComparisonData(t *testing.T, c *story.Change, table, document string) {
	t.Helper()
	overall, parts := map[string]string{}, map[string]string{}
	for _, row := range records(t, table) {
		if part, err := strconv.ParseFloat(row["part"], 64); err == nil {
			overall[row["kind"]], parts[row["kind"]+row["id"]] = words.Tenths(part), words.Signed(part, 2)
		}
	}
	var read struct {
		Before, After struct{ Overall float64 }
		Practices     []struct {
			ID, Before, After string
			Part              float64
		}
	}
	if err := json.Unmarshal([]byte(document), &read); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][2]string{"CSV": {overall["score_before"], overall["score_after"]}, "JSON": {words.Tenths(read.Before.Overall), words.Tenths(read.After.Overall)}} {
		if want := [2]string{story.Low(c.Before.Overall), story.Low(c.After.Overall)}; got != want {
			t.Errorf("%s has the scores %v, want %v", name, got, want)
		}
	}
	for i, p := range c.Practices {
		if got := read.Practices[i]; got.ID != p.ID || got.Before != p.Before.Word() || got.After != p.After.Word() || words.Signed(got.Part, 2) != words.Signed(p.Part, 2) || parts["practice"+p.ID] != words.Signed(p.Part, 2) {
			t.Errorf("%s is %+v in JSON and %s in CSV, want %+v", p.ID, got, parts["practice"+p.ID], p)
		}
	}
}

func snapshotFacts(v *story.Snapshot) []string {
	facts := []string{words.Range(v.Result.Overall.Range), words.Band(v.Questionnaire.Bands, v.Result.Overall)}
	for _, p := range v.Pillars {
		facts = append(facts, p.Title, words.Range(p.Score.Range), words.Band(v.Questionnaire.Bands, p.Score), words.Of(p.Score.Answered, p.Score.Applicable))
	}
	for _, p := range v.Practices {
		facts = append(facts, p.Place.Practice.Title, words.Status(p.Status), p.Answer.Note)
	}
	facts = append(facts, v.ScopeCount())
	for _, one := range v.Scope() {
		if len(one.Out) > 0 {
			facts = append(facts, one.Title, one.Said)
		}
	}
	for _, p := range v.Planned {
		facts = append(facts, p.Plan.Owner, p.GainText())
	}
	for i := range v.Tradeoffs {
		one := &v.Tradeoffs[i]
		facts = append(facts, one.Title)
		if one.Decision != nil {
			facts = append(facts, words.Choice(one.Decision.Choice), one.Decision.Rationale, words.State(one.Now.State))
		}
	}
	return facts
}

func checkAnswers(t *testing.T, v *story.Snapshot, table string) {
	t.Helper()
	for i, row := range records(t, table) {
		p := v.Practices[i]
		gain := ""
		if points, err := strconv.ParseFloat(row["gain"], 64); err == nil {
			gain = words.Signed(points, 2)
		}
		if row["practice_id"] != p.Place.Practice.ID || row["status"] != p.Status.Word() || row["reason"] != cmp.Or(v.OutBecause(p), p.Answer.Reason) || row["severity"] != string(p.Severity) ||
			gain != p.GainText() || row["plan_due"] != string(p.Plan.Due) || p.Open() && row["rank"] != strconv.Itoa(p.Rank) {
			t.Errorf("CSV has %v for %+v", row, p)
		}
	}
}

func readSnapshot(t *testing.T, document string) report.Named {
	t.Helper()
	snapshot, err := assessment.ReadSnapshot([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return report.Named{Hash: assessment.Hash([]byte(document)), Snapshot: snapshot}
}

func renderer(t *testing.T) *report.Renderer {
	t.Helper()
	r, err := report.New(report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func drawnComparison(t *testing.T, format report.Format, c *assessment.Comparison, before, after report.Named) string {
	t.Helper()
	var document bytes.Buffer
	if err := renderer(t).Comparison(t.Context(), &document, format, c, before, after); err != nil {
		t.Fatal(err)
	}
	if format == report.PDF {
		return pdfText(t, document.Bytes())
	}
	return unescaped(document.String())
}

func unescaped(markdown string) string {
	return squeezed(strings.ReplaceAll(strings.ReplaceAll(markdown, `\`, ""), "\n> ", "\n"))
}

func pageText(t *testing.T, page string) string {
	t.Helper()
	document, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return squeezed(document.Find("main").Text())
}

// records returns the rows of a table by the names of its columns.
func records(t *testing.T, table string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		one := map[string]string{}
		for i, name := range rows[0] {
			one[name] = row[i]
		}
		list = append(list, one)
	}
	return list
}

// pdfText returns what the pages of a report say.
func pdfText(t *testing.T, document []byte) string {
	t.Helper()
	var text strings.Builder
	for _, part := range bytes.Split(document, []byte("stream\n"))[1:] {
		packed, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(packed)
		if err != nil {
			continue
		}
		for _, piece := range bytes.Split(content, []byte(" Td ("))[1:] {
			text.WriteString(utf16Text(piece))
		}
	}
	return squeezed(text.String())
}

// utf16Text reads a string of a PDF up to its closing parenthesis.
func utf16Text(piece []byte) string {
	var plain []byte
	for i := 0; i < len(piece) && piece[i] != ')'; i++ {
		if piece[i] == '\\' {
			i++
			if piece[i] == 'r' {
				piece[i] = '\r'
			}
		}
		plain = append(plain, piece[i])
	}
	var units []uint16
	for pair := range slices.Chunk(plain, 2) {
		units = append(units, uint16(pair[0])<<8|uint16(pair[len(pair)-1]))
	}
	return string(utf16.Decode(units))
}
