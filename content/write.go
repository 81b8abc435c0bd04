package content

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"

	"plumbline/assessment"
)

// WriteQuestionnaire writes q as YAML that ReadQuestionnaire reads back equal. Weights that are the default are left
// out. q must be one that could have been read; the error is that of w.
func WriteQuestionnaire(w io.Writer, q *assessment.Questionnaire) error {
	y := &yamlWriter{}
	y.text("format", Format)
	y.text("id", q.ID)
	y.plain("version", q.Version)
	y.text("title", q.Title)
	y.optional("summary", q.Summary)
	if q.Source != (assessment.Source{}) {
		y.nested("source", func() {
			y.optional("title", q.Source.Title)
			y.optional("url", q.Source.URL)
			y.optional("licence", q.Source.Licence)
		})
	}
	y.optional("scoring", string(q.Scoring))
	y.words("shares_ids_with", q.SharesIDsWith)
	writeList(y, "facets", q.Facets, func(f assessment.Facet) {
		y.text("id", f.ID)
		y.text("title", f.Title)
		y.optional("help", f.Help)
	})
	writeList(y, "bands", q.Bands, func(b assessment.Band) {
		y.text("id", b.ID)
		y.text("title", b.Title)
		y.number("from", b.From)
	})
	writeList(y, "pillars", q.Pillars, y.pillar)
	writeList(y, "tradeoffs", q.Tradeoffs, y.tradeoff)
	if _, err := y.out.WriteTo(w); err != nil {
		return fmt.Errorf("write questionnaire: %w", err)
	}
	return nil
}

func (y *yamlWriter) pillar(p assessment.Pillar) {
	y.text("id", p.ID)
	y.text("title", p.Title)
	y.optional("summary", p.Summary)
	writeList(y, "principles", p.Principles, y.principle)
}

func (y *yamlWriter) principle(p assessment.Principle) {
	y.text("id", p.ID)
	y.text("title", p.Title)
	y.optional("summary", p.Summary)
	y.words("source", p.Source)
	y.weight(p.Weight, 1)
	writeList(y, "questions", p.Questions, y.question)
}

func (y *yamlWriter) question(q assessment.Question) {
	y.text("id", q.ID)
	y.text("title", q.Title)
	y.optional("help", q.Help)
	y.weight(q.Weight, 1)
	writeList(y, "practices", q.Practices, y.practice)
	writeList(y, "risk_rules", q.RiskRules, func(r assessment.RiskRule) {
		y.text("when", r.When.String())
		y.text("risk", string(r.Risk))
	})
}

func (y *yamlWriter) practice(p assessment.Practice) {
	y.text("id", p.ID)
	y.text("title", p.Title)
	y.optional("help", p.Help)
	y.optional("risk", string(p.Risk))
	y.weight(p.Weight, assessment.DefaultWeight(p.Risk))
	y.optional("effort", string(p.Effort))
	y.optional("applies_when", p.AppliesWhen.String())
	y.words("aka", p.Aka)
	y.words("related", p.Related)
	if p.SameSince != "" {
		y.plain("same_since", p.SameSince)
	}
	y.words("depends_on", p.DependsOn)
	y.references(p.References)
	y.optional("advice", p.Advice)
	writeList(y, "links", p.Links, func(l assessment.Link) {
		y.text("title", l.Title)
		y.text("url", l.URL)
	})
	y.optional("not_applicable_when", p.NotApplicableWhen)
	y.words("source", p.Source)
}

// references writes a mapping of lists, nothing where it is empty.
func (y *yamlWriter) references(r map[string][]string) {
	if len(r) == 0 {
		return
	}
	y.nested("references", func() {
		for _, framework := range slices.Sorted(maps.Keys(r)) {
			key := framework
			if !isPlain(key) {
				key = quote(key)
			}
			y.words(key, r[framework])
		}
	})
}

func (y *yamlWriter) tradeoff(t assessment.Tradeoff) {
	y.text("id", t.ID)
	y.text("title", t.Title)
	y.plain("stated", fmt.Sprint(t.Stated))
	y.words("source", t.Source)
	y.optional("summary", t.Summary)
	writeList(y, "sides", t.Sides[:], func(s assessment.Side) {
		y.text("label", s.Label)
		y.words("pillars", s.Pillars)
		y.words("practices", s.Practices)
	})
	writeList(y, "signals", t.Signals, func(s assessment.Signal) {
		y.text("when", s.When.String())
		y.optional("kind", string(s.Kind))
		y.text("says", s.Says)
	})
	y.optional("decide", t.Decide)
	y.texts("mitigations", t.Mitigations)
}

// writeList writes a list of mappings, nothing where it is empty.
func writeList[T any](y *yamlWriter, key string, items []T, each func(T)) {
	if len(items) == 0 {
		return
	}
	y.nested(key, func() {
		for _, item := range items {
			y.item(func() { each(item) })
		}
	})
}

// yamlWriter writes block style YAML with an indent of two.
type yamlWriter struct {
	out    bytes.Buffer
	indent int
	dash   bool // the next line begins a list item
}

// nested writes a key whose value is on the lines that body writes.
func (y *yamlWriter) nested(key string, body func()) {
	y.line(key + ":")
	y.indent += 2
	body()
	y.indent -= 2
}

func (y *yamlWriter) item(body func()) {
	y.dash = true
	y.indent += 2
	body()
	y.indent -= 2
}

func (y *yamlWriter) line(s string) {
	if y.dash {
		y.pad(y.indent - 2)
		y.out.WriteString("- ")
		y.dash = false
	} else {
		y.pad(y.indent)
	}
	y.out.WriteString(s)
	y.out.WriteByte('\n')
}

func (y *yamlWriter) pad(n int) {
	for range n {
		y.out.WriteByte(' ')
	}
}
