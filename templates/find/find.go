// Package find is the page that finds anything.
package find

import "plumbline/templates"

// FindView is what a search finds, by kind.
type FindView struct {
	templates.Page
	Search string
	Action string // where the form leads
	Groups []Group
}

// Group is what was found of one kind.
type Group struct {
	Title string
	Found []Found
}

// Found is one result.
type Found struct {
	Link templates.Link
	ID   string // of a practice or tradeoff; else empty
	Says string // what tells it from others
}

// Add adds a kind, unless nothing of it was found.
func (v *FindView) Add(title string, found []Found) {
	if len(found) > 0 {
		v.Groups = append(v.Groups, Group{title, found})
	}
}
