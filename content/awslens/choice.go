package awslens

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// choice is a choice as it was read, cleaned.
type choice struct {
	value
	raw         string // its id
	title       string
	description string
	help, plan  resource
	hasPlan     bool
	more        []additional
	links       []assessment.Link // out of HTML
}

// resource is a helpfulResource or an improvementPlan.
type resource struct {
	text      string
	more      []string // texts of additional resources without an address
	addresses []string
	links     []assessment.Link // out of HTML
}

// join appends the further texts to the text.
func (r *resource) join() {
	r.text = strings.TrimSpace(strings.Join(append([]string{r.text}, r.more...), "\n\n"))
}

// additional is one of the additionalResources with an address.
type additional struct {
	kind, title, address string
}

func (v value) choice() (choice, bool) {
	f, ok := v.fields("id", "title", "description", "helpfulResource", "improvementPlan", "additionalResources")
	if !ok {
		return choice{}, false
	}
	c := choice{value: v}
	c.raw, _ = f.raw("id")
	c.title = f.known.Title("title", cmp.Or(c.raw, "Untitled choice"))
	raw, at := f.raw("description")
	c.description, c.links = at.Prose(raw)
	if help, ok := f.at("helpfulResource"); ok {
		c.help = help.resource()
	}
	if plan, ok := f.at("improvementPlan"); ok {
		c.plan, c.hasPlan = plan.resource(), plan.Kind == foreign.Object
	}
	before := ""
	for _, block := range f.list("additionalResources") {
		kind := c.additional(block)
		if kind != "" && kind == before {
			block.Lose("a second block of the same type: an export combines them")
		}
		before = kind
	}
	c.help.join()
	c.plan.join()
	return c, true
}

// resource returns what a helpfulResource or an improvementPlan says.
func (v value) resource() resource {
	if v.Kind == foreign.Nothing {
		return resource{}
	}
	f, ok := v.fields("displayText", "url")
	if !ok {
		return resource{}
	}
	raw, at := f.raw("displayText")
	s, links := at.Prose(raw)
	if s == filler {
		v.fillers++
		s = ""
	}
	address, at := f.raw("url")
	return resource{text: s, addresses: at.Addresses(address), links: links}
}

// additional adds the contents of one block of additionalResources and returns its type, "" where it is no block.
func (c *choice) additional(block value) string {
	f, ok := block.fields("type", "content")
	if !ok {
		return ""
	}
	kind, at := f.raw("type")
	if kind != helpfulResource && kind != improvementPlan {
		at.Lose("expected %s or %s, found %s: read as %s", helpfulResource, improvementPlan, foreign.Shorten(kind), helpfulResource)
		kind = helpfulResource
	}
	into := &c.help
	if kind == improvementPlan {
		into = &c.plan
	}
	for _, item := range f.list("content") {
		one := item.resource()
		title := item.OneLine(one.text)
		if title == "" && len(one.addresses) == 0 {
			continue
		}
		if len(one.addresses) == 0 {
			item.Lose("the resource has no address: its text is kept with that of the choice")
			into.more = append(into.more, one.text)
		}
		for _, address := range one.addresses {
			c.more = append(c.more, additional{kind, foreign.TitleOr(title, address), address})
		}
		c.links = append(c.links, one.links...)
	}
	return kind
}

// isNone reports whether the choice says that no other one holds.
func (c choice) isNone() bool {
	return strings.EqualFold(strings.TrimSuffix(c.title, "."), noneTitle) || strings.HasSuffix(c.raw, "_no") || strings.HasSuffix(c.raw, "_none")
}

// practice returns the choice as a practice of a question.
func (c choice) practice(question string) assessment.Practice {
	raw := c.raw
	if raw == "" {
		raw = "choice"
	}
	p := assessment.Practice{ID: c.ids.practices.Take(question + "." + raw), Title: c.title, Risk: assessment.Medium,
		Effort: assessment.EffortM, Advice: c.plan.text, Weight: assessment.DefaultWeight(assessment.Medium)}
	switch {
	case c.raw == "":
		c.Lose("the choice has no ID: %s is used", p.ID)
	case p.ID != question+"."+raw:
		c.Lose("the ID %s cannot be kept: %s is used", foreign.Shorten(raw), p.ID)
		c.refer(&p.Source, c.value, refChoice, raw)
	}
	parts := foreign.Paragraphs(c.description)
	if len(parts) > 0 {
		c.refer(&p.Source, c.value, refDescription, strconv.Itoa(len(parts)))
	}
	p.Help = c.Cut(strings.Join(append(parts, foreign.Paragraphs(c.help.text)...), "\n\n"), foreign.MaxProse)
	p.Links = c.allLinks()
	return p
}

func (c choice) allLinks() []assessment.Link {
	var links []assessment.Link
	for _, address := range c.help.addresses {
		links = append(links, assessment.Link{Title: linkTitle(helpfulResource, address), URL: address})
	}
	for _, address := range c.plan.addresses {
		links = append(links, assessment.Link{Title: linkTitle(improvementPlan, address), URL: address})
	}
	for _, m := range c.more {
		title := m.title
		if m.kind == improvementPlan {
			title = planPrefix + title
		}
		links = append(links, assessment.Link{Title: c.Cut(title, foreign.MaxLine), URL: m.address})
	}
	for _, link := range [][]assessment.Link{c.help.links, c.plan.links, c.links} {
		links = append(links, link...)
	}
	return c.FirstLinks(links)
}

// planPrefix marks a link that belongs to the advice.
const planPrefix = "Improvement plan: "

// linkTitle returns the title of the link of a helpfulResource or an improvementPlan.
func linkTitle(kind, address string) string {
	name := "Helpful resource"
	if kind == improvementPlan {
		name = "Improvement plan"
	}
	return fmt.Sprintf("%s (%s)", name, foreign.Host(address))
}

// again returns the choice as a lens says it.
func (c choice) again() lensChoice {
	p := assessment.Practice{Title: c.title, Help: c.help.text, Advice: c.plan.text, Links: c.allLinks()}
	again := exportTexts(p)
	again.Description = c.description
	if !c.hasPlan {
		again.ImprovementPlan = nil
	}
	return again
}
