package awslens

import (
	"strings"
	"unicode/utf8"

	"plumbline/content/foreign"
)

// The references that the package comment describes.
const (
	refVersion     = "lens-version:"
	refPillar      = "lens-pillar:"
	refQuestion    = "lens-question:"
	refHelp        = "lens-help:"
	refHelpURL     = "lens-help-url:"
	refURL         = "lens-url:"
	refNone        = "lens-none:"
	refRule        = "lens-rule:"
	refChoice      = "lens-choice:"
	refDescription = "lens-description:"
)

// refer adds a reference that an export needs; it is a loss where it is none that a questionnaire may hold.
func (r *reader) refer(source *[]string, at value, kind, text string) {
	reference := kind + text
	tidy := strings.Map(foreign.Printable, text) == text && !strings.ContainsAny(text, "\n\t")
	if !tidy || utf8.RuneCountInString(reference) > foreign.MaxLine || len(*source) == foreign.MaxItems {
		at.Lose("%s is not kept for an export", foreign.Shorten(text))
		return
	}
	*source = append(*source, reference)
}

// references returns what stands behind a kind in a list of references.
func references(source []string, kind string) []string {
	var found []string
	for _, s := range source {
		if rest, ok := strings.CutPrefix(s, kind); ok {
			found = append(found, rest)
		}
	}
	return found
}

// reference returns the first of a kind, "" where there is none.
func reference(source []string, kind string) string {
	if found := references(source, kind); len(found) > 0 {
		return found[0]
	}
	return ""
}
