package foreign

import (
	"regexp"
	"sync"
)

// Pattern returns a regular expression that is compiled when it is asked for first: most runs of the program import
// nothing, and to compile all of them is a part of a server's start that shows.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
