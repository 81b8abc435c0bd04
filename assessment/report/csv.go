package report

import (
	"bufio"
	"cmp"
	"io"
	"strconv"
	"strings"

	"plumbline/assessment"
)

// A CSV file is UTF-8 with a byte order mark (spreadsheets ask for it) in the form of RFC 4180. A text, or a part of it
// behind a semicolon or a line end, that begins with = + - @, a tab, a carriage return or an apostrophe, quotes before
// them left out, gets an apostrophe before it, so that no spreadsheet takes it for a formula: not even one that parts
// cells at semicolons. A reader that drops one apostrophe at the beginning of each part has exactly what was typed.
// Numbers have a fixed number of decimals, and never three: 0.641 is 641 where the point separates thousands.

const byteOrderMark = "\uFEFF"

// csvWriter writes records; the first error stays in the buffer and comes out of Flush.
type csvWriter struct{ *bufio.Writer }

// guardCell puts an apostrophe before a text that a spreadsheet could take for a formula.
func guardCell(text string) string {
	const separators = ";\r\n"
	var b strings.Builder
	for part := text; part != ""; {
		if first := strings.TrimLeft(part, `"`); first != "" && strings.IndexByte("=+-@\t\r'", first[0]) >= 0 {
			b.WriteByte('\'')
		}
		end := strings.IndexAny(part, separators) + 1
		if end == 0 {
			end = len(part)
		}
		b.WriteString(part[:end])
		part = part[end:]
	}
	return b.String()
}

// csvNumber is a cell that holds a number, csvPart one that others add up with.
type (
	csvNumber float64
	csvPart   float64
)

// record writes one record of strings, numbers and integers.
func (w csvWriter) record(cells ...any) {
	for i, cell := range cells {
		if i > 0 {
			w.WriteByte(',')
		}
		switch v := cell.(type) {
		case string:
			w.text(guardCell(v))
		case csvNumber:
			w.WriteString(strconv.FormatFloat(float64(v), 'f', 4, 64))
		case csvPart:
			w.WriteString(strconv.FormatFloat(float64(v), 'f', 12, 64))
		case int:
			w.WriteString(strconv.Itoa(v))
		}
	}
	w.WriteString("\r\n")
}

func (w csvWriter) text(s string) {
	if !strings.ContainsAny(s, "\",\r\n") && s == strings.TrimSpace(s) {
		w.WriteString(s)
		return
	}
	w.WriteByte('"')
	w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	w.WriteByte('"')
}

func snapshotCSV(out io.Writer, v *view) error {
	w := csvWriter{bufio.NewWriter(out)}
	w.WriteString(byteOrderMark)
	w.record("pillar_id", "pillar", "principle_id", "principle", "question_id", "question", "practice_id", "practice",
		"status", "reason", "note", "evidence", "risk", "weight", "effort", "severity", "gain", "rank", "plan_owner", "plan_due", "plan_url")
	for _, p := range v.Practices {
		practice := p.Place.Practice
		var gain, rank any = "", ""
		if p.Open() {
			gain, rank = csvNumber(p.Gain), p.Rank
		}
		w.record(p.Pillar.ID, p.Pillar.Title, p.Principle.ID, p.Principle.Title, p.Question.ID, p.Question.Title, practice.ID, practice.Title,
			p.Status.Word(), cmp.Or(v.OutBecause(p), p.Answer.Reason), p.Answer.Note, evidenceText(p.Answer.Evidence),
			string(practice.Risk), csvNumber(practice.Weight), string(practice.Effort), string(p.Severity), gain, rank,
			p.Plan.Owner, string(p.Plan.Due), p.Plan.URL)
	}
	return w.Flush()
}

// evidenceText lists evidence as "title <address>", one a line.
func evidenceText(links []assessment.Link) string {
	lines := make([]string, len(links))
	for i, l := range links {
		lines[i] = l.Title + " <" + l.URL + ">"
	}
	return strings.Join(lines, "\n")
}

// comparisonCSV writes the complete sum: the score before, every part, the score after.
func comparisonCSV(out io.Writer, c *change) error {
	w := csvWriter{bufio.NewWriter(out)}
	w.WriteString(byteOrderMark)
	w.record("kind", "id", "title", "pillar_id", "before", "after", "part", "of_applicability")
	total := func(kind string, s assessment.ComparedSnapshot) {
		w.record(kind, "", c.Say(s.Title, s.Workload.Name+": "+s.Title), "", "", "", csvPart(s.Overall.Low), "")
	}
	total("score_before", c.Before)
	w.record("questionnaire", "", "", "", c.Before.Questionnaire.Version, c.After.Questionnaire.Version, csvPart(c.Scope.Questionnaire), "")
	w.record("priorities", "", "", "", "", "", csvPart(c.Scope.Priorities), "")
	w.record("applicability", "", "", "", "", "", csvPart(c.Scope.Applicability), "")
	for _, p := range c.Applicability {
		w.record("applies", p.ID, p.Title, p.Pillar, p.Before.Word(), p.After.Word(), "", csvPart(p.Part))
	}
	for _, p := range c.Practices {
		w.record("practice", p.ID, p.Title, p.Pillar, p.Before.Word(), p.After.Word(), csvPart(p.Part), "")
	}
	total("score_after", c.After)
	for _, f := range c.Facets {
		w.record("facet", f.ID, f.Title, "", facetCode(f.Before), facetCode(f.After), "", "")
	}
	for _, p := range c.Priorities {
		w.record("priority", p.ID, p.Title, p.ID, csvNumber(p.Before), csvNumber(p.After), "", "")
	}
	for _, t := range c.States {
		w.record("tradeoff", t.ID, t.Title, "", string(t.Before), string(t.After), "", "")
	}
	for _, d := range c.Decisions {
		w.record("decision", d.Tradeoff, d.Title, "", choiceCode(d.Before), choiceCode(d.After), "", "")
	}
	for _, list := range c.Contents {
		for _, n := range list.Names {
			w.record(list.ID, n.ID, n.Title, "", "", "", "", "")
		}
	}
	return w.Flush()
}

// facetCode is what is said about a facet, as files have it; empty where nothing is.
func facetCode(said *bool) string {
	if said == nil {
		return ""
	}
	return strconv.FormatBool(*said)
}

func choiceCode(d *assessment.Decision) string {
	if d == nil {
		return ""
	}
	return string(d.Choice)
}
