package awslens

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// question returns a question as a principle; ok is false where nothing of it can be kept.
func (v value) question() (assessment.Principle, bool) {
	f, ok := v.fields("id", "title", "description", "helpfulResource", "url", "choices", "riskRules")
	if !ok {
		return assessment.Principle{}, false
	}
	choices := f.choices()
	if len(choices) == 0 {
		v.Lose("the question has no choices that can be kept: left out")
		return assessment.Principle{}, false
	}
	raw, at := f.raw("id")
	id := v.ids.questions.Take(cmp.Or(raw, "question"))
	principle := assessment.Principle{ID: id, Weight: 1}
	switch {
	case raw == "":
		at.Lose("the question has no ID: %s is used", id)
	case id != raw:
		at.Lose("the ID %s cannot be kept: %s is used", foreign.Shorten(raw), id)
		v.refer(&principle.Source, at, refQuestion, raw)
	}
	principle.Title = f.known.Title("title", id)
	question := assessment.Question{ID: id, Title: principle.Title, Weight: 1, Help: f.help(&principle.Source)}
	known := f.practices(&question, &principle, choices)
	f.rules(&question, &principle, known)
	principle.Questions = []assessment.Question{question}
	return principle, true
}

// help returns the description and below it what else explains the question.
func (f fields) help(source *[]string) string {
	parts := foreign.Paragraphs(f.text("description"))
	if v, ok := f.at("helpfulResource"); ok && v.Kind != foreign.Nothing {
		resource := v.resource()
		more := foreign.Paragraphs(resource.text)
		if len(more) > 0 {
			f.refer(source, v, refHelp, strconv.Itoa(len(more)))
		}
		parts = append(parts, more...)
		for i, address := range resource.addresses {
			if i == 0 {
				f.refer(source, v, refHelpURL, address)
			}
			parts = append(parts, address)
		}
		for _, link := range resource.links {
			v.Lose("the link to %s cannot be kept here", foreign.Shorten(link.URL))
		}
	}
	raw, v := f.raw("url")
	for i, address := range v.Addresses(raw) {
		if i == 0 {
			f.refer(source, v, refURL, address)
		}
		parts = append(parts, address)
	}
	return f.Cut(strings.Join(parts, "\n\n"), foreign.MaxProse)
}

// choices returns the choices that are there.
func (f fields) choices() []choice {
	var choices []choice
	for _, item := range f.list("choices") {
		if c, ok := item.choice(); ok {
			choices = append(choices, c)
		}
	}
	return choices
}

// known are the choices of a question by their ids: the index of the practice, or noPractice for "None of these".
type known map[string]int

const noPractice = -1

// practices fills in the practices of a question, and notes on the principle the choices that are none.
func (f fields) practices(question *assessment.Question, principle *assessment.Principle, choices []choice) known {
	known := known{}
	some := slices.ContainsFunc(choices, func(c choice) bool { return !c.isNone() })
	for i, c := range choices {
		index := len(question.Practices)
		if c.isNone() && some {
			index = noPractice
			f.none(principle, c, i, i == len(choices)-1)
		} else {
			question.Practices = append(question.Practices, c.practice(question.ID))
		}
		if _, twice := known[c.raw]; twice {
			c.Lose("the choice %s is in this question twice: rules refer to the first", foreign.Shorten(c.raw))
			continue
		}
		if c.raw != "" {
			known[c.raw] = index
		}
	}
	return known
}

// none keeps a choice "None of these" for an export.
func (f fields) none(principle *assessment.Principle, c choice, at int, last bool) {
	f.nones++
	if !strings.HasPrefix(strings.ToLower(c.title), "none") {
		c.Lose("the choice %s is read as %q because of its ID: it is not a practice", foreign.Shorten(c.title), noneTitle)
	}
	kept := noneChoice{lensChoice: c.again()}
	kept.ID = ""
	if kept.Title == noneTitle {
		kept.Title = ""
	}
	if !last {
		kept.At = &at
	}
	reference := c.raw
	if more, err := json.Marshal(kept); err == nil && string(more) != "{}" {
		reference += " " + string(more)
	}
	if len(reference) > foreign.MaxLine-len(refNone) {
		c.Lose("the texts of this choice %q are not kept for an export", noneTitle)
		reference = c.raw
	}
	f.refer(&principle.Source, c.value, refNone, reference)
}

// noneChoice is what a choice "None of these" says beside its id and title.
type noneChoice struct {
	At *int `json:"at,omitempty"` // its place among the choices, the last where there is none
	lensChoice
}

// rules fills in the risk rules, and the risks of the practices that follow from them.
func (f fields) rules(question *assessment.Question, principle *assessment.Principle, known known) {
	set := ruleSet{practices: practiceIDs(question.Practices)}
	usable, source := true, slices.Clone(principle.Source)
	for i, item := range f.list("riskRules") {
		rule, ok := item.rule(i, known, set.practices, &source)
		usable = usable && ok
		set.rules = append(set.rules, rule)
	}
	at := f.value
	if v, ok := f.at("riskRules"); ok {
		at = v
	}
	switch {
	case len(set.rules) == 0:
		at.Lose("the question has no risk rules: its risk is the worst of its findings")
		return
	case !usable || len(set.rules) > foreign.MaxItems:
		at.Lose("the question's risk rules are left out, because not all of them can be kept: its risk is the worst of its findings")
		return
	}
	set.at = at
	set.judge(f, question)
	question.RiskRules, principle.Source = set.rules, source
}

func practiceIDs(practices []assessment.Practice) []string {
	ids := make([]string, len(practices))
	for i, p := range practices {
		ids[i] = p.ID
	}
	return ids
}

// rule returns a risk rule over practice ids.
func (v value) rule(index int, known known, practices []string, source *[]string) (assessment.RiskRule, bool) {
	f, ok := v.fields("condition", "risk")
	if !ok {
		return assessment.RiskRule{}, false
	}
	risk, riskAt := f.raw("risk")
	level, ok := levels[risk]
	if !ok {
		riskAt.Lose("expected HIGH_RISK, MEDIUM_RISK or NO_RISK, found %s", foreign.Shorten(risk))
	}
	text, at := f.raw("condition")
	text = tidyCondition(text)
	c := condition{known: known, practices: practices}
	when, err := c.read(text)
	if err != nil {
		at.Lose("%v", err)
		return assessment.RiskRule{}, false
	}
	if back := originalOf(practices, known).restore(when.String()); back != text {
		v.refer(source, at, refRule, fmt.Sprintf("%d:%s", index, text))
	}
	return assessment.RiskRule{When: when, Risk: level}, ok
}
