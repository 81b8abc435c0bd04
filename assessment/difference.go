package assessment

// PartKind is what a part of a questionnaire is.
type PartKind string

// The kinds of parts, in the order in which a difference lists them.
const (
	PartFacet     PartKind = "facet"
	PartBand      PartKind = "band"
	PartPillar    PartKind = "pillar"
	PartPrinciple PartKind = "principle"
	PartQuestion  PartKind = "question"
	PartPractice  PartKind = "practice"
	PartTradeoff  PartKind = "tradeoff"
)

// PartKinds returns every kind of part.
func PartKinds() []PartKind {
	return []PartKind{PartFacet, PartBand, PartPillar, PartPrinciple, PartQuestion, PartPractice, PartTradeoff}
}

// ChangeClass says what became of a part that is not the same in both versions.
type ChangeClass string

// The classes. A part is in one of them, or the same in both versions.
const (
	ClassAdded   ChangeClass = "added"
	ClassRemoved ChangeClass = "removed"
	ClassChanged ChangeClass = "changed"
)

// FieldKind says what a field of a part is for.
type FieldKind string

// The kinds of fields.
const (
	FieldWording   FieldKind = "wording"   // what people read
	FieldValue     FieldKind = "value"     // what scores and plans are computed from: risk, weight, effort, where a band starts
	FieldRule      FieldKind = "rule"      // conditions, and what they are about
	FieldReference FieldKind = "reference" // links and sources
	FieldPlace     FieldKind = "place"     // what the part stands in, and after which other one
)

// QuestionnaireChange says what differs between two versions of a questionnaire, or between two questionnaires. Parts
// are matched by kind and id.
type QuestionnaireChange struct {
	Before Edition       `json:"before"`
	After  Edition       `json:"after"`
	Fields []FieldChange `json:"fields"` // of the questionnaire itself: title, summary, source, scoring
	Totals []PartTotals  `json:"totals"` // one for each kind, in the order of PartKinds
	Parts  []PartChange  `json:"parts"`  // those that differ, in the order of the later version; removed ones where they stood
}

// PartTotals counts the parts of a kind. Added, Removed, Changed and Same are all parts of both versions, each counted
// once; the others count among Changed, where one part may be several of them.
type PartTotals struct {
	Kind           PartKind `json:"kind"`
	Added          int      `json:"added"`
	Removed        int      `json:"removed"`
	Changed        int      `json:"changed"`
	Same           int      `json:"same"`
	Reworded       int      `json:"reworded"`
	WeightsChanged int      `json:"revalued"`  // another risk, weight, effort or start
	RulesChanged   int      `json:"reruled"`   // other conditions
	LinksChanged   int      `json:"resourced"` // other links or sources
	Moved          int      `json:"moved"`
}

// PartChange is a part that one version lacks or has otherwise.
type PartChange struct {
	Kind   PartKind      `json:"kind"`
	ID     string        `json:"id"`
	Title  string        `json:"title"`            // the later one
	Pillar string        `json:"pillar,omitempty"` // id of the pillar it stands in, of the later version where it has the part
	Class  ChangeClass   `json:"class"`
	Fields []FieldChange `json:"fields"` // those that differ; of an added or removed part all that say something, but its place
}

// FieldChange is one field of a part before and after. Lists have one line an entry.
type FieldChange struct {
	Field  string    `json:"field"`
	Kind   FieldKind `json:"kind"`
	Before string    `json:"before"`
	After  string    `json:"after"`
}

// Difference returns what differs from one questionnaire to another. Ids must be unique within their kind, as Compile
// and the readers of files see to. Another version number alone is not a difference.
func Difference(before, after *Questionnaire) *QuestionnaireChange {
	a, b := newOutline(before), newOutline(after)
	d := &QuestionnaireChange{
		Before: Edition{before.ID, before.Version},
		After:  Edition{after.ID, after.Version},
		Fields: changedFields(a.root.fields, b.root.fields),
		Parts:  []PartChange{},
	}
	d.collect(a, b, a.root, b.root)
	d.count(a, b)
	return d
}

// Empty reports whether both say and score the same.
func (d *QuestionnaireChange) Empty() bool { return len(d.Fields) == 0 && len(d.Parts) == 0 }

// of returns the parts of a kind that differ.
func (d *QuestionnaireChange) of(kind PartKind) []PartChange {
	var list []PartChange
	for _, part := range d.Parts {
		if part.Kind == kind {
			list = append(list, part)
		}
	}
	return list
}

// Total returns the counts of a kind.
func (d *QuestionnaireChange) Total(kind PartKind) PartTotals {
	for _, total := range d.Totals {
		if total.Kind == kind {
			return total
		}
	}
	return PartTotals{Kind: kind}
}

// has reports whether the part differs in a field of the kind; a part that one version lacks differs in none.
func (p *PartChange) has(kind FieldKind) bool {
	if p.Class != ClassChanged {
		return false
	}
	for _, field := range p.Fields {
		if field.Kind == kind {
			return true
		}
	}
	return false
}

// collect appends what differs below two parts that are each other's match; either may be nil.
func (d *QuestionnaireChange) collect(a, b *outline, before, after *outlined) {
	if after != nil {
		for _, child := range after.children {
			d.compare(a, b, a.parts[child.key], child)
		}
	}
	if before == nil {
		return
	}
	for _, child := range before.children {
		if _, kept := b.parts[child.key]; !kept {
			d.compare(a, b, child, nil)
		}
	}
}

// compare appends the difference of two parts, if there is any, and of what is below them.
func (d *QuestionnaireChange) compare(a, b *outline, before, after *outlined) {
	if change, ok := partChange(a, b, before, after); ok {
		d.Parts = append(d.Parts, change)
	}
	d.collect(a, b, before, after)
}

func partChange(a, b *outline, before, after *outlined) (PartChange, bool) {
	switch {
	case before == nil:
		return after.change(ClassAdded, changedFields(nil, after.fields)), true
	case after == nil:
		return before.change(ClassRemoved, changedFields(before.fields, nil)), true
	}
	fields := append(changedFields(before.fields, after.fields), movedFields(a, b, before, after)...)
	return after.change(ClassChanged, fields), len(fields) > 0
}

func (p *outlined) change(class ChangeClass, fields []FieldChange) PartChange {
	return PartChange{Kind: p.key.kind, ID: p.key.id, Title: p.title, Pillar: p.pillar, Class: class, Fields: fields}
}

// changedFields returns the fields that differ; either list may be missing.
func changedFields(before, after []outlinedField) []FieldChange {
	changes := []FieldChange{}
	for i := range max(len(before), len(after)) {
		var a, b outlinedField
		if i < len(before) {
			a = before[i]
			b = outlinedField{name: a.name, kind: a.kind}
		}
		if i < len(after) {
			b = after[i]
		}
		if a.exact != b.exact {
			changes = append(changes, FieldChange{b.name, b.kind, a.text, b.text})
		}
	}
	return changes
}

// count fills the totals in.
func (d *QuestionnaireChange) count(a, b *outline) {
	for _, kind := range PartKinds() {
		total := PartTotals{Kind: kind, Same: b.counts[kind]}
		for _, part := range d.of(kind) {
			switch part.Class {
			case ClassAdded:
				total.Added++
				total.Same--
			case ClassRemoved:
				total.Removed++
			default:
				total.Changed++
				total.Same--
			}
			total.Reworded += count(part.has(FieldWording))
			total.WeightsChanged += count(part.has(FieldValue))
			total.RulesChanged += count(part.has(FieldRule))
			total.LinksChanged += count(part.has(FieldReference))
			total.Moved += count(part.has(FieldPlace))
		}
		d.Totals = append(d.Totals, total)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
