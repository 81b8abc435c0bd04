package azurechecklist

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

// item is an item of the checklist as it was read, cleaned.
type item struct {
	foreign.Fields
	practice              assessment.Practice // without its id
	guid, id, service     string              // "" where there is none
	pillar                string
	category, subcategory string        // titles; "" where there is none
	guidAt, categoryAt    foreign.Value // where guid and category are said
}

// read returns an item; ok is false where it says nothing.
func read(v foreign.Value) (item, bool) {
	f, ok := v.Fields("guid", "id", "text", "title", "description", "detail", "details", "longDescription", "potentialBenefits",
		"waf", "category", "subcategory", "service", "services", "arm-service", "severity", "priority", "checklist", "type", "tags", "source",
		"link", "training", "learnMoreLink", "documentation", "tools", "graph", "query",
		"cost", "simple", "security", "ha", "scale", "optionalFields", "ammp",
		"aprlGuid", "recommendationTypeId", "recommendationControl", "recommendationImpact", "recommendationResourceType",
		"recommendationMetadataState", "pgVerified", "publishedToLearn", "publishedToAdvisor", "automationAvailable")
	if !ok {
		return item{}, false
	}
	i := item{Fields: f, id: f.Line("id"), service: f.Line("service")}
	i.practice = assessment.Practice{Effort: assessment.EffortM}
	i.guid, i.guidAt = first(f, "guid", "aprlGuid")
	i.category, i.categoryAt = first(f, "category", "recommendationControl")
	title, long := i.title()
	help := i.help()
	if title == "" {
		if help == "" && len(i.practice.Links) == 0 {
			v.Lose("the item has no text: left out")
			return item{}, false
		}
		title = strings.TrimSpace("Untitled item " + i.name())
		v.Lose("the item has no text: %q is used", title)
	}
	i.practice.Title = title
	i.practice.Help = f.Cut(strings.TrimSpace(long+"\n\n"+help), foreign.MaxProse)
	i.practice.Risk = riskOf(f)
	i.practice.Weight = assessment.DefaultWeight(i.practice.Risk)
	i.pillar, i.subcategory = pillarOf(f), f.Line("subcategory")
	i.links()
	i.references()
	return i, true
}

// name returns what an item without a text can be called.
func (i *item) name() string {
	return cmp.Or(i.id, i.guid)
}

// title returns the item's text on one line, its title where it has no text. Where that is longer than a title can be,
// it is shortened, and long is all of it; the title of an item with a text is there too.
func (i *item) title() (title, long string) {
	title, long = i.heading("text")
	second, more := i.heading("title")
	switch {
	case title == "":
		return second, more
	case second == "" || second == title:
		return title, long
	case more == "":
		more = second
	}
	i.Known["title"].Count("the item has a text and a title: the title is in the help")
	return title, strings.TrimSpace(long + "\n\n" + more)
}

// heading returns the text under a key on one line. Where it is longer than a title can be, it is shortened, and long is
// all of it.
func (i *item) heading(key string) (line, long string) {
	raw, at := i.Raw(key)
	s, links := at.Prose(raw)
	i.practice.Links = append(i.practice.Links, links...)
	line = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(line) <= foreign.MaxLine {
		return line, ""
	}
	at.Lose("the text is longer than a title can be: its beginning is the title, all of it is in the help")
	return words.Cut(line, foreign.MaxLine), s
}

// help returns the texts that explain the item, its queries last.
func (i *item) help() string {
	var parts []string
	add := func(key, lead string) {
		raw, at := i.Raw(key)
		s, links := at.Prose(raw)
		i.practice.Links = append(i.practice.Links, links...)
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, lead+s)
		}
	}
	for _, key := range []string{"description", "longDescription", "detail", "details"} {
		add(key, "")
	}
	add("potentialBenefits", "Potential benefits: ")
	for _, key := range []string{"graph", "query"} {
		raw, at := i.Raw(key)
		if q := query(at, raw); q != "" {
			parts = append(parts, q)
		}
	}
	return strings.Join(parts, "\n\n")
}

// query returns the text of a query with a line that says what it is.
func query(at foreign.Value, raw string) string {
	if code := at.Verbatim(raw); code != "" {
		return "Azure Resource Graph query:\n" + code
	}
	return ""
}
