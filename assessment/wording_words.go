package assessment

import (
	"strings"
	"unicode"
)

// Run is a piece of a text that is also in another version of it, or is not.
type Run struct {
	Text    string
	Changed bool
}

// maxCompared bounds the work on two texts: the words of one times those of the other, after what is the same at both
// ends. Beyond it, all that is between is changed.
const maxCompared = 1 << 20

// CompareWords parts two versions of a text into what both have in the same order, word by word, and what only one has.
// The runs of each side together are its text; two neighbours are never both changed or both not.
func CompareWords(before, after string) (old, now []Run) {
	return compareRuns(words(before), words(after))
}

// CompareLines does so line by line, for lists.
func CompareLines(before, after string) (old, now []Run) {
	return compareRuns(lineEnds(before), lineEnds(after))
}

// lineEnds parts a text into lines and the ends between them.
func lineEnds(text string) []string {
	var list []string
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			list = append(list, "\n")
		}
		if line != "" {
			list = append(list, line)
		}
	}
	return list
}

func compareRuns(a, b []string) (old, now []Run) {
	first := 0
	for first < len(a) && first < len(b) && a[first] == b[first] {
		first++
	}
	last := 0
	for last < len(a)-first && last < len(b)-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	inA, inB := commonWords(a[first:len(a)-last], b[first:len(b)-last])
	return runs(a, first, last, inA), runs(b, first, last, inB)
}

// words parts a text into words and the spaces between them.
func words(text string) []string {
	var list []string
	start, space := 0, false
	for i, r := range text {
		if is := unicode.IsSpace(r); i == 0 || is != space {
			if i > start {
				list = append(list, text[start:i])
			}
			start, space = i, is
		}
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// commonWords says which words of each list are in a longest common subsequence.
func commonWords(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	if len(a)*len(b) > maxCompared {
		return inA, inB
	}
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case longest[(i+1)*width+j] >= longest[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return inA, inB
}

// runs joins the words of a text. A space between two changed words is changed with them, so that a phrase is one run.
func runs(list []string, first, last int, common []bool) []Run {
	changed := make([]bool, len(list))
	for i := range common {
		changed[first+i] = !common[i]
	}
	for i := 1; i+1 < len(list)-last; i++ {
		if strings.TrimSpace(list[i]) == "" && changed[i-1] && changed[i+1] {
			changed[i] = true
		}
	}
	var all []Run
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && changed[end] == changed[i] {
			end++
		}
		all = append(all, Run{strings.Join(list[i:end], ""), changed[i]})
		i = end
	}
	return all
}
