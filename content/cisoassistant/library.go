package cisoassistant

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

const untitled = "Untitled framework"

// library returns the questionnaire of a library that has a framework.
func library(top foreign.Value) *assessment.Questionnaire {
	f, _ := top.Fields("urn", "locale", "ref_id", "name", "description", "annotation", "copyright", "version", "publication_date", "provider",
		"packager", "objects", "translations", "dependencies", "convert_library_version", "labels")
	objects := f.Known["objects"]
	inside := foreign.Value{Reader: top.Reader, Node: objects.Get("framework"), Path: "objects.framework"}
	framework, _ := inside.Fields("urn", "ref_id", "name", "description", "requirement_nodes", "implementation_groups_definition", "min_score", "max_score", "scores_definition", "translations", "field_visibility")
	title, name := framework.Line("name"), f.Line("name")
	q := &assessment.Questionnaire{Bands: foreign.Bands(), Title: cmp.Or(title, name)}
	if q.Title == "" {
		q.Title = untitled
		top.Lose("there is no name: the title is %q", untitled)
	}
	identify(f, q)
	version(f, q)
	line, long := licence(f)
	q.Source = assessment.Source{Title: named(name, f.Line("provider")), Licence: line}
	t := newTree(framework)
	q.Summary = top.Cut(joined(append(append(about(f, framework), long), t.preambles()...)...), foreign.MaxProse)
	q.Pillars = t.questionnaire(q.Title, q.ID)
	for _, m := range objects.Members {
		if m.Key != "framework" {
			objects.Member(m).Lose("only the framework of a library is read: other content (%s) is left out", m.Value.Describe())
		}
	}
	leaveOut(f, "dependencies", "convert_library_version", "labels", "translations")
	leaveOut(framework, "min_score", "max_score", "scores_definition", "field_visibility", "translations")
	top.LoseAt(nil, "", "the requirements of a framework have no risk: it is set to medium")
	top.LoseAt(nil, "", "the requirements of a framework have no effort: it is set to M")
	return q
}

func named(title, provider string) string {
	if provider == "" || strings.EqualFold(title, provider) {
		return title
	}
	if title == "" {
		return provider
	}
	return title + ", " + provider
}

// identify gives the questionnaire the id of the library.
func identify(f foreign.Fields, q *assessment.Questionnaire) {
	raw := f.Word("ref_id")
	if raw == "" {
		q.ID = foreign.Slug(q.Title, "framework")
		f.Lose("the library has no ref_id: the ID %s is used", q.ID)
		return
	}
	q.ID = foreign.ValidID(raw)
	if q.ID != raw {
		f.Known["ref_id"].Lose("the ID %s cannot be kept: %s is used", foreign.Shorten(raw), q.ID)
	}
}

// version gives the questionnaire the version of the library, which is a counter.
func version(f foreign.Fields, q *assessment.Questionnaire) {
	raw := f.Word("version")
	q.Version = foreign.FirstVersion
	switch counted := raw + ".0.0"; {
	case foreign.IsSemantic(raw):
		q.Version = raw
	case foreign.IsSemantic(counted):
		q.Version = counted
		f.Known["version"].Lose("the version is a counter, %s: %s is used", raw, counted)
	case raw == "":
		f.Lose("the library has no version: %s is used", q.Version)
	default:
		f.Known["version"].Lose("%s is not a semantic version: %s is used", foreign.Shorten(raw), q.Version)
	}
}

// licence returns the copyright on one line, and all of it where it is too long for that.
func licence(f foreign.Fields) (line, long string) {
	raw, at := f.Raw("copyright")
	s, links := at.Markdown(raw)
	s = withLinks(s, links)
	line = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(line) <= foreign.MaxLine {
		return line, ""
	}
	at.Lose("the text is longer than a line can be: all of it is in the summary")
	return words.Cut(line, foreign.MaxLine), "Copyright:\n" + s
}

// about returns the paragraphs that say what the library is.
func about(f, framework foreign.Fields) []string {
	var parts []string
	add := func(f foreign.Fields, key string) {
		raw, at := f.Raw(key)
		if s, links := at.Markdown(raw); s != "" && (len(parts) == 0 || parts[0] != s) {
			parts = append(parts, withLinks(s, links))
		}
	}
	add(f, "description")
	add(framework, "description")
	add(f, "annotation")
	var facts []string
	for _, one := range []struct{ key, title string }{{"publication_date", "Published"}, {"packager", "Packaged by"},
		{"locale", "Language"}, {"urn", "Library"}} {
		if s := f.Word(one.key); s != "" {
			facts = append(facts, one.title+": "+s)
		}
	}
	for _, key := range []string{"ref_id", "urn"} {
		if s := framework.Word(key); s != "" && (!f.Has(key) || s != f.Known[key].Text) {
			facts = append(facts, "Framework: "+s)
		}
	}
	if len(facts) > 0 {
		parts = append(parts, strings.Join(facts, "\n"))
	}
	if groups := groups(framework); groups != "" {
		parts = append(parts, groups)
	}
	return parts
}

// groups returns the definitions of the implementation groups as text.
func groups(framework foreign.Fields) string {
	var lines []string
	for _, v := range framework.List("implementation_groups_definition") {
		f, ok := v.Fields("ref_id", "name", "description", "default_selected", "translations")
		if !ok {
			continue
		}
		line := "- " + f.Word("ref_id")
		if name := f.Word("name"); name != "" {
			line += ": " + name
		}
		if d := f.Line("description"); d != "" {
			line += ". " + d
		}
		if f.Word("default_selected") == "true" {
			line += " (selected at first)"
		}
		leaveOut(f, "translations")
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return ""
	}
	return "Implementation groups:\n" + strings.Join(lines, "\n")
}

// leaveOut counts what has no place in a questionnaire.
func leaveOut(f foreign.Fields, keys ...string) {
	for _, key := range keys {
		if f.Has(key) {
			f.Known[key].Count("%q is not supported in a questionnaire: left out", key)
		}
	}
}

// withLinks appends addresses to a text that has no links beside it.
func withLinks(s string, links []assessment.Link) string {
	for _, link := range links {
		s += "\n" + link.Title + ": " + link.URL
	}
	return s
}
