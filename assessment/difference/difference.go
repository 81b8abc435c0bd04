// Package difference says what differs between two questionnaires, part by part.
package difference

import "plumbline/assessment"

// Class says what became of a part that is not the same in both versions.
type Class string

// The classes. A part is in one of them, or the same in both versions.
const (
	Added   Class = "added"
	Removed Class = "removed"
	Changed Class = "changed"
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

// Difference says what differs between two versions of a questionnaire, or between two questionnaires. Parts
// are matched by kind and id.
type Difference struct {
	Before assessment.Edition `json:"before"`
	After  assessment.Edition `json:"after"`
	Fields []Field            `json:"fields"` // of the questionnaire itself: title, summary, source, scoring
	Totals []Totals           `json:"totals"` // one for each kind, in the order of PartKinds
	Parts  []Part             `json:"parts"`  // those that differ, in the order of the later version; removed ones where they stood
}

// Totals counts the parts of a kind. Added, Removed, Changed and Same are all parts of both versions, each counted
// once; the others count among Changed, where one part may be several of them.
type Totals struct {
	Kind           assessment.PartKind `json:"kind"`
	Added          int                 `json:"added"`
	Removed        int                 `json:"removed"`
	Changed        int                 `json:"changed"`
	Same           int                 `json:"same"`
	Reworded       int                 `json:"reworded"`
	WeightsChanged int                 `json:"revalued"`  // another risk, weight, effort or start
	RulesChanged   int                 `json:"reruled"`   // other conditions
	LinksChanged   int                 `json:"resourced"` // other links or sources
	Moved          int                 `json:"moved"`
}

// Part is a part that one version lacks or has otherwise.
type Part struct {
	Kind   assessment.PartKind `json:"kind"`
	ID     string              `json:"id"`
	Title  string              `json:"title"`            // the later one
	Pillar string              `json:"pillar,omitempty"` // id of the pillar it stands in, of the later version where it has the part
	Class  Class               `json:"class"`
	Fields []Field             `json:"fields"` // those that differ; of an added or removed part all that say something, but its place
}

// Field is one field of a part before and after. Lists have one line an entry.
type Field struct {
	Field  string    `json:"field"`
	Kind   FieldKind `json:"kind"`
	Before string    `json:"before"`
	After  string    `json:"after"`
}

// Between returns what differs from one questionnaire to another. Ids must be unique within their kind, as Compile
// and the readers of files see to. Another version number alone is not a difference.
func Between(before, after *assessment.Questionnaire) *Difference {
	a, b := newOutline(before), newOutline(after)
	d := &Difference{
		Before: before.Edition(),
		After:  after.Edition(),
		Fields: changedFields(a.root.fields, b.root.fields),
		Parts:  []Part{},
	}
	d.collect(a, b, a.root, b.root)
	d.count(a, b)
	return d
}

// OfWordings returns in what another wording of a practice differs.
func OfWordings(old, now assessment.Wording) []Field {
	return changedFields(wordingFields(old), wordingFields(now))
}

// Empty reports whether both say and score the same.
func (d *Difference) Empty() bool { return len(d.Fields) == 0 && len(d.Parts) == 0 }

// of returns the parts of a kind that differ.
func (d *Difference) of(kind assessment.PartKind) []Part {
	var list []Part
	for _, part := range d.Parts {
		if part.Kind == kind {
			list = append(list, part)
		}
	}
	return list
}

// Total returns the counts of a kind.
func (d *Difference) Total(kind assessment.PartKind) Totals {
	for _, total := range d.Totals {
		if total.Kind == kind {
			return total
		}
	}
	return Totals{Kind: kind}
}

// has reports whether the part differs in a field of the kind; a part that one version lacks differs in none.
func (p *Part) has(kind FieldKind) bool {
	if p.Class != Changed {
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
func (d *Difference) collect(a, b *outline, before, after *outlined) {
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
func (d *Difference) compare(a, b *outline, before, after *outlined) {
	if change, ok := partChange(a, b, before, after); ok {
		d.Parts = append(d.Parts, change)
	}
	d.collect(a, b, before, after)
}

func partChange(a, b *outline, before, after *outlined) (Part, bool) {
	switch {
	case before == nil:
		return after.change(Added, changedFields(nil, after.fields)), true
	case after == nil:
		return before.change(Removed, changedFields(before.fields, nil)), true
	}
	fields := append(changedFields(before.fields, after.fields), movedFields(a, b, before, after)...)
	return after.change(Changed, fields), len(fields) > 0
}

func (p *outlined) change(class Class, fields []Field) Part {
	return Part{Kind: p.key.kind, ID: p.key.id, Title: p.title, Pillar: p.pillar, Class: class, Fields: fields}
}

// changedFields returns the fields that differ; either list may be missing.
func changedFields(before, after []outlinedField) []Field {
	changes := []Field{}
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
			changes = append(changes, Field{b.name, b.kind, a.text, b.text})
		}
	}
	return changes
}

// count fills the totals in.
func (d *Difference) count(a, b *outline) {
	for _, kind := range assessment.PartKinds() {
		total := Totals{Kind: kind, Same: b.counts[kind]}
		for _, part := range d.of(kind) {
			switch part.Class {
			case Added:
				total.Added++
				total.Same--
			case Removed:
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
