package report

import (
	"bufio"
	"io"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// markdown writes CommonMark with tables. Whatever people typed goes through escape, so that it stays text.
type markdown struct{ *bufio.Writer }

func (m markdown) line(parts ...string) {
	for _, p := range parts {
		m.WriteString(p)
	}
	m.WriteByte('\n')
}

func (m markdown) heading(level int, text string) {
	m.line()
	m.line(strings.Repeat("#", level), " ", escape(text))
	m.line()
}

// quote writes a text of several lines as a quotation; each of its lines stays one.
func (m markdown) quote(indent, text string) {
	for one := range strings.SplitSeq(strings.TrimSpace(normalizeSpace(text)), "\n") {
		m.line(indent, "> ", escape(one), "  ")
	}
}

// row writes a row of a table; the cells are escaped already.
func (m markdown) row(cells ...string) { m.line("| ", strings.Join(cells, " | "), " |") }

// head writes the head of a table; the names that begin with > are of numbers.
func (m markdown) head(names ...string) {
	m.line()
	rule := make([]string, len(names))
	for i, n := range names {
		rule[i] = "---"
		if number, ok := strings.CutPrefix(n, ">"); ok {
			names[i], rule[i] = number, "---:"
		}
	}
	m.row(names...)
	m.row(rule...)
}

// link writes a link where the address is a web address, else its title alone.
func link(l assessment.Link) string {
	title := l.Title
	if strings.TrimSpace(title) == "" {
		title = l.URL
	}
	address := webAddress(l.URL)
	if address == "" {
		return escape(title + " (" + l.URL + ")")
	}
	safe := strings.NewReplacer("<", "%3C", ">", "%3E", "(", "%28", ")", "%29", "\\", "%5C", "`", "%60", "\"", "%22", "|", "%7C")
	return "[" + escape(title) + "](<" + safe.Replace(address) + ">)"
}

func snapshotMarkdown(out io.Writer, v *view) error {
	m := markdown{bufio.NewWriter(out)}
	m.line("# ", escape(v.Workload.Name), ": ", escape(v.Title))
	m.line()
	m.line(escape(v.verdict()))
	m.line()
	m.facts(v)
	m.heading(2, "Scores")
	m.scores(v)
	m.scope(v)
	m.heading(2, "Findings")
	m.findings(v)
	m.heading(2, "Tradeoffs and decisions")
	m.tradeoffs(v)
	m.heading(2, "Improvement plan")
	m.plan(v)
	m.heading(2, "All answers")
	m.answers(v)
	return m.Flush()
}

func (m markdown) facts(v *view) {
	for _, f := range []fact{
		{"Created", words.FileTime(v.TakenAt) + by(v.TakenBy)},
		{"Owner", v.Workload.Owner},
		{"Environment", v.Workload.Environment},
		{"Questionnaire", v.Questionnaire.Title + " (" + v.Questionnaire.ID + ") " + v.Questionnaire.Version},
		{"SHA-256 of the questionnaire", questionnaireHash(v.Questionnaire)},
		{"SHA-256 of the snapshot", v.Hash},
		{"SHA-256 of the previous snapshot", v.Previous},
		{"Note", v.Note},
	} {
		if strings.TrimSpace(f.value) != "" {
			m.line("- ", f.name, ": ", escape(f.value))
		}
	}
}

func (m markdown) scores(v *view) {
	m.head("Level", ">Score", "Band", ">Answered", ">High", ">Medium", ">Low")
	row := func(name string, s assessment.Score, t story.Tally) {
		m.row(name, words.Score(v.bands, s.Range), escape(words.Band(v.bands, s)), words.Of(s.Answered, s.Applicable),
			words.Count(t.Findings.High), words.Count(t.Findings.Medium), words.Count(t.Findings.Low))
	}
	row("**Overall**", v.Counted.Score, story.TallyOf(v.Counted))
	if v.Apart.Pillars > 0 {
		row(story.LeftOut, v.Apart.Score, story.TallyOf(v.Apart))
	}
	for _, p := range v.Pillars {
		row("**"+escape(p.Title)+"**", p.Score, p.Tally)
		for _, one := range p.Principles {
			row(escape(one.Title), one.Score, one.Tally)
		}
	}
}

// scope says which practices are out of scope, and why.
func (m markdown) scope(v *view) {
	said := v.Scope()
	if len(said) == 0 {
		return
	}
	m.heading(2, "Scope")
	m.line(v.ScopeCount(), ".")
	m.line()
	for _, one := range said {
		m.line("- ", escape(one.Title), " ", one.Said)
		for _, practice := range one.Out {
			m.line("  - Out of scope: ", escape(practice.Title), " \\(", escape(practice.ID), "\\)")
		}
	}
}

func (m markdown) findings(v *view) {
	m.head("Severity", "Practice", "Answer", "Effort", ">Gain", "Where")
	m.findingRows(v.Findings)
	if len(v.LeftOut) > 0 {
		m.heading(3, story.LeftOut)
		m.line(story.LeftOutNote)
		m.head("Severity", "Practice", "Answer", "Effort", ">Gain", "Where")
		m.findingRows(v.LeftOut)
	}
}

func (m markdown) findingRows(found []*story.Practice) {
	for _, p := range found {
		m.row(words.Level(p.Severity), escape(p.Place.Practice.Title), words.Status(p.Answer.Status),
			words.Effort(p.Place.Practice.Effort), p.GainText(), escape(p.Pillar.Title+", "+p.Principle.Title))
	}
}

func (m markdown) tradeoffs(v *view) {
	for _, p := range piles {
		for _, t := range v.Piled(p.pile) {
			m.heading(3, t.Title)
			m.line("- State: ", t.State())
			for i, side := range t.Sides {
				m.line("- Pull of ", escape(side.Label), ": ", words.Pull(t.Pulls[i]))
			}
			for _, signal := range t.Why {
				m.line("- ", words.Kind(signal.Kind), ": ", escape(signal.Says))
			}
			if t.Decision != nil {
				m.decision(t)
			} else if t.Now.State == assessment.Live {
				m.line("- To decide: ", escape(t.Decide))
			}
		}
	}
}

func (m markdown) decision(t *story.Tradeoff) {
	d := t.Decision
	m.line("- ", words.Choice(d.Choice), ", ", escape(d.Owner), ", ", string(d.Date))
	if t.Stale() {
		m.line("- " + words.Outdated)
	}
	for _, term := range story.DecisionTerms(d) {
		m.line("- ", term.Name, ": ", escape(term.Value))
	}
	for _, one := range d.Mitigations {
		m.line("- Mitigation: ", escape(one))
	}
	m.line()
	m.quote("", d.Rationale)
}

func (m markdown) plan(v *view) {
	m.head(">Rank", "Practice", "Severity", "Answer", "Effort", ">Gain", "Owner", "Due", "Tracked at")
	for _, p := range v.Actions {
		tracked := ""
		if p.Plan.URL != "" {
			tracked = link(assessment.Link{URL: p.Plan.URL})
		}
		m.row(words.Count(p.Rank), escape(p.Place.Practice.Title), words.Level(p.Urgency), words.Status(p.Answer.Status),
			words.Effort(p.Place.Practice.Effort), p.GainText(), escape(p.Plan.Owner), escape(string(p.Plan.Due)), tracked)
	}
}

func (m markdown) answers(v *view) {
	var last assessment.Place
	for _, p := range v.Practices {
		if p.Principle != last.Principle {
			m.heading(3, p.Pillar.Title+": "+p.Principle.Title)
		}
		if p.Question != last.Question && saysMore(p.Principle, p.Question) {
			m.heading(4, p.Question.Title)
		}
		last = p.Place
		practice, answer := p.Place.Practice, p.Answer
		m.line("- **", words.Status(p.Status), "** ", escape(practice.Title), " \\(", escape(practice.ID), "\\)")
		if p.Status == assessment.NotApplicable && answer.Reason != "" {
			m.quote("  ", "Not applicable because: "+answer.Reason)
		}
		if strings.TrimSpace(answer.Note) != "" {
			m.line()
			m.quote("  ", answer.Note)
			m.line()
		}
		for _, e := range answer.Evidence {
			m.line("  - Evidence: ", link(e))
		}
	}
}
