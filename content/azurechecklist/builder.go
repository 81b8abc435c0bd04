package azurechecklist

import (
	"fmt"
	"slices"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// builder sorts items into pillars, principles and questions.
type builder struct {
	categories []string        // the names that the file lists; nil where it lists none
	named      map[string]bool // the same, whether an item names them
	pillars    []assessment.Pillar
	ids        struct{ pillars, principles, questions, practices foreign.TakenIDs }
	guids      map[string]int // lines of the guids
	codes      map[string]int // lines of the ids
}

func newBuilder(categories []string) *builder {
	b := &builder{categories: categories, named: map[string]bool{}, guids: map[string]int{}, codes: map[string]int{}}
	for _, category := range categories {
		b.named[category] = false
	}
	return b
}

// add puts an item to its place; index is its own in the file, from 0.
func (b *builder) add(v foreign.Value, index int) {
	i, ok := read(v)
	if !ok {
		return
	}
	b.identify(&i, index)
	category := b.category(i)
	pillar := b.pillar(i)
	at := slices.IndexFunc(pillar.Principles, func(p assessment.Principle) bool { return p.Title == category })
	if at < 0 {
		at = len(pillar.Principles)
		id := b.ids.principles.Take(pillar.ID + "." + foreign.Slug(category, fmt.Sprintf("principle-%d", at+1)))
		pillar.Principles = append(pillar.Principles, assessment.Principle{ID: id, Title: category, Weight: 1})
	}
	question := b.question(&pillar.Principles[at], i)
	question.Practices = append(question.Practices, i.practice)
}

// identify gives the practice its id. An item whose guid or id another one has too is another item all the same.
func (b *builder) identify(i *item, index int) {
	raw := i.guid
	code := i.id
	switch {
	case raw == "" && code != "":
		raw = code
		i.Lose("the item has no guid: its ID %s is used", foreign.Shorten(code))
	case raw == "":
		raw = fmt.Sprintf("item-%d", index+1)
		i.Lose("the item has neither a guid nor an id: the ID %s is used", raw)
	}
	id := b.ids.practices.Take(raw)
	i.practice.ID = id
	if id != raw && i.guid != "" {
		if line, twice := b.guids[raw]; twice {
			i.guidAt.Lose("the item on line %d has the same guid: the ID %s is used here", line, id)
		} else {
			i.guidAt.Lose("the guid %s cannot be kept: the ID %s is used", foreign.Shorten(raw), id)
		}
		i.refer("guid:", raw)
	}
	if line, twice := b.codes[code]; twice && code != "" {
		i.Known["id"].Lose("the ID %s is also that of the item on line %d: both keep it as a reference", foreign.Shorten(code), line)
	}
	note(b.guids, raw, i.Node.Line)
	note(b.codes, code, i.Node.Line)
}

func note(lines map[string]int, key string, line int) {
	if _, there := lines[key]; !there {
		lines[key] = line
	}
}

// pillar returns the pillar of an item, a new one where it is the first of it.
func (b *builder) pillar(i item) *assessment.Pillar {
	title := i.pillar
	at := b.find(title)
	if at < 0 && len(b.pillars) >= foreign.MaxPillars-1-len(framework()) && !known(title) {
		i.Known["waf"].Lose("a questionnaire can have at most %d pillars: %s is in %q", foreign.MaxPillars, foreign.Shorten(title), other)
		title = other
		at = b.find(title)
	}
	if at < 0 {
		at = len(b.pillars)
		b.pillars = append(b.pillars, assessment.Pillar{ID: b.ids.pillars.Take(foreign.Slug(title, fmt.Sprintf("pillar-%d", at+1))), Title: title})
	}
	return &b.pillars[at]
}

func (b *builder) find(title string) int {
	return slices.IndexFunc(b.pillars, func(p assessment.Pillar) bool { return p.Title == title })
}

// known reports whether a title is that of a pillar that there is always room for.
func known(title string) bool { return title == other || order(title) < len(framework()) }

// order returns the place of a pillar: those of the framework first.
func order(title string) int {
	if i := slices.IndexFunc(framework(), func(p pillarName) bool { return p.title == title }); i >= 0 {
		return i
	}
	return len(framework())
}

// sorted returns the pillars of the framework in its order, then the others in that of the file, "Other" last.
func (b *builder) sorted() []assessment.Pillar {
	slices.SortStableFunc(b.pillars, func(p, q assessment.Pillar) int {
		last := func(one assessment.Pillar) int {
			if one.Title == other {
				return len(framework()) + 1
			}
			return order(one.Title)
		}
		return last(p) - last(q)
	})
	return b.pillars
}

// category returns the title of an item's principle.
func (b *builder) category(i item) string {
	if i.category == "" {
		if i.service != "" {
			i.Count("the item has no category: its service is used as the principle")
			return i.service
		}
		i.Count("the item has no category and no service: the principle %q is used", other)
		return other
	}
	if _, listed := b.named[i.category]; listed {
		b.named[i.category] = true
	} else if len(b.categories) > 0 {
		i.categoryAt.Count("%s is not in the file's list of categories: it is kept unchanged", foreign.Shorten(i.category))
	}
	return i.category
}

// unused returns the listed categories that no item names.
func (b *builder) unused() []string {
	return slices.DeleteFunc(slices.Clone(b.categories), func(category string) bool { return b.named[category] })
}

// question returns the question of an item, a new one where it is the first of it.
func (b *builder) question(principle *assessment.Principle, i item) *assessment.Question {
	title := i.subcategory
	if title == "" {
		title = principle.Title
		i.Count("the item has no subcategory: its question is that of its principle")
	}
	at := slices.IndexFunc(principle.Questions, func(q assessment.Question) bool { return q.Title == title })
	if at < 0 {
		at = len(principle.Questions)
		id := b.ids.questions.Take(principle.ID + "." + foreign.Slug(title, fmt.Sprintf("question-%d", at+1)))
		principle.Questions = append(principle.Questions, assessment.Question{ID: id, Title: title, Weight: 1})
	}
	return &principle.Questions[at]
}
