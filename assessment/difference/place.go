package difference

import (
	"slices"
	"sort"

	"plumbline/assessment"
)

// movedFields returns where a part of both outlines stands elsewhere: in another part, or after another one. Where
// some of a part's children changed their order, as few of them as possible count as moved.
func movedFields(a, b *outline, before, after *outlined) []Field {
	if before.parent.key != after.parent.key {
		return []Field{{string(after.parent.key.kind), FieldPlace, before.parent.key.id, after.parent.key.id}}
	}
	stays := staying(a, b, before.parent, after.parent, after.key.kind)
	if stays[after.key.id] {
		return nil
	}
	return []Field{{"order", FieldPlace, before.standsAfter(stays), after.standsAfter(stays)}}
}

// standsAfter names the last part before this one that stays.
func (p *outlined) standsAfter(stays map[string]bool) string {
	last := "first"
	for _, sibling := range p.parent.children {
		if sibling == p {
			break
		}
		if sibling.key.kind == p.key.kind && stays[sibling.key.id] {
			last = "after " + sibling.key.id
		}
	}
	return last
}

// staying returns the ids of the children of a kind that stand in the same order in both. It is the same set whichever
// outline comes first.
func staying(a, b *outline, before, after *outlined, kind assessment.PartKind) map[string]bool {
	at := partKey{kind, after.key.id}
	if known, ok := b.stays[at]; ok {
		return known
	}
	one := childrenWithin(before, kind, b, after.key)
	other := childrenWithin(after, kind, a, before.key)
	if slices.Compare(one, other) > 0 {
		one, other = other, one
	}
	stays := map[string]bool{}
	for _, id := range longestCommon(one, other) {
		stays[id] = true
	}
	if b.stays == nil {
		b.stays = map[partKey]map[string]bool{}
	}
	b.stays[at] = stays
	return stays
}

// childrenWithin returns the ids of the children of a kind that have the given parent in the other outline.
func childrenWithin(p *outlined, kind assessment.PartKind, other *outline, parent partKey) []string {
	var list []string
	for _, child := range p.children {
		match, ok := other.parts[child.key]
		if child.key.kind == kind && ok && match.parent.key == parent {
			list = append(list, child.key.id)
		}
	}
	return list
}

// longestCommon returns a longest common subsequence of two arrangements of the same ids: a longest run of growing
// positions, by patience.
func longestCommon(one, other []string) []string {
	position := make(map[string]int, len(one))
	for i, id := range one {
		position[id] = i
	}
	var tops []int // index into other that ends the best run of each length
	previous := make([]int, len(other))
	for i, id := range other {
		length := sort.Search(len(tops), func(k int) bool { return position[other[tops[k]]] >= position[id] })
		previous[i] = -1
		if length > 0 {
			previous[i] = tops[length-1]
		}
		if length == len(tops) {
			tops = append(tops, i)
		} else {
			tops[length] = i
		}
	}
	if len(tops) == 0 {
		return nil
	}
	var run []string
	for i := tops[len(tops)-1]; i >= 0; i = previous[i] {
		run = append(run, other[i])
	}
	slices.Reverse(run)
	return run
}
