package assessment

import (
	"slices"
	"strings"
)

// References returns what of the references to a source people can follow: without those that an import left for the
// way back to its own format.
func References(source []string) []string {
	return slices.DeleteFunc(slices.Clone(source), func(s string) bool { return strings.HasPrefix(s, "lens-") })
}
