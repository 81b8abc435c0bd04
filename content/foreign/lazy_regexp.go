package foreign

import (
	"regexp"
	"sync"
)

// LazyRegexp returns a function that compiles the expression at its first call. Most runs of the program import nothing:
// compiling all expressions of the importers would add 2 ms and 600 kB to every start.
func LazyRegexp(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
