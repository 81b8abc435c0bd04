package samm

import (
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// activity returns an activity as a practice, or as one for each of its questions where there are several.
func (m *model) activity(f *file, code string, l level, questions []*file) []assessment.Practice {
	p := assessment.Practice{Title: f.title("title"), Risk: assessment.Medium, Weight: assessment.DefaultWeight(assessment.Medium),
		Effort: assessment.EffortM, Source: []string{f.id}}
	p.Help = f.prose("shortDescription")
	p.Advice = f.whole().cut(joined(f.prose("longDescription"), labelled("Benefit", f.prose("benefit")), f.listed("Results", "results"),
		f.listed("Metrics", "metrics"), f.listed("Costs", "costs"), f.listed("Roles", "personnel"), m.related(f)), foreign.MaxProse)
	f.notes()
	p.Links = f.links()
	objective := labelled("Maturity level "+l.number, l.objective)
	if l.number == "" {
		objective = l.objective
	}
	if len(questions) == 0 {
		f.whole().lose("no question asks about the activity: its title is the only practice")
		p.ID, p.Help = m.take(&m.ids.practices, f, code), joined(p.Help, objective)
		return []assessment.Practice{p}
	}
	var practices []assessment.Practice
	for _, q := range questions {
		one := p
		one.ID = m.take(&m.ids.practices, q, code)
		asked := q.title("text")
		if len(questions) > 1 {
			one.Title = asked
			q.whole().lose("the activity has %d questions: each is a practice with its text as the title", len(questions))
			asked = ""
		}
		one.Source = append([]string{q.id}, p.Source...)
		one.Help = q.whole().cut(joined(asked, p.Help, q.listed("Counts as adopted when", "quality"), m.answersOf(q), objective), foreign.MaxProse)
		one.Links = append(q.links(), p.Links...)
		practices = append(practices, one)
	}
	return practices
}

func (m *model) answersOf(q *file) string {
	if set := m.refers(q, "answerSet", answersKind, "the question has no answers"); set != nil {
		return m.answers(set).help()
	}
	return ""
}

// related names the activities that an activity says it is related to.
func (m *model) related(f *file) string {
	var titles []string
	for _, v := range f.items("relatedActivities") {
		id, _ := v.scalar()
		if id == "" {
			continue
		}
		other, ok := m.files[activityKind][id]
		if !ok {
			v.lose("no file of the model has the activity %s: left out", foreign.Shorten(id))
			continue
		}
		titles = append(titles, "- "+other.title("title"))
	}
	return labelled("Related", strings.Join(titles, "\n"))
}

// placeholder is what the authors' template leaves behind.
var placeholder = foreign.LazyRegexp(`(?i)^(result|metric|cost)s?\s*\d*$|^TBS\.?$|^TBD\.?$|^none\.?$`)

// listed returns the items of a list under a label, one a line, those left out that say nothing.
func (f *file) listed(label, key string) string {
	var lines []string
	for _, v := range f.items(key) {
		s, _ := v.scalar()
		if placeholder().MatchString(strings.TrimSpace(s)) {
			v.lose("%s has no content: left out", foreign.Shorten(s))
			continue
		}
		if s = v.prose(s); s != "" {
			lines = append(lines, "- "+s)
		}
	}
	return labelled(label, strings.Join(lines, "\n"))
}

// notes reads what the authors noted for themselves: only its links are kept.
func (f *file) notes() {
	s, v := f.text("notes")
	if strings.TrimSpace(s) == "" {
		return
	}
	if placeholder().MatchString(strings.TrimSpace(s)) {
		v.lose("%s has no content: left out", foreign.Shorten(s))
		return
	}
	f.prose("notes")
	v.lose("a note by the authors, left out except for its links: %s", foreign.Shorten(strings.TrimSpace(s)))
}

// labelled returns a text that says what it is, "" where there is none.
func labelled(label, text string) string {
	switch {
	case text == "":
		return ""
	case strings.HasPrefix(text, "- "):
		return label + ":\n" + text
	default:
		return label + ": " + text
	}
}

// joined returns texts as paragraphs; one that another one says too is there once.
func joined(texts ...string) string {
	var kept []string
	for i, text := range texts {
		if text != "" && (i+1 == len(texts) || !strings.HasPrefix(strings.Join(texts[i+1:], "\n"), text)) {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, "\n\n")
}
