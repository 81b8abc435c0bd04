// Package wording compares two versions of a text, word by word or line by line.
package wording

import (
	"strings"
	"unicode"
)

// Run is a piece of a text that is also in another version of it, or is not.
type Run struct {
	Text    string
	Changed bool
}

// Bounds of the work on texts, in words of one times words of the other, after what is the same at both ends. Beyond
// them, all that is between is changed.
const (
	maxCompared = 1 << 20 // of two texts
	maxTogether = 1 << 26 // of all texts of one comparer
	wordCost    = 100     // what each word counts besides, because it may become a run
)

// Comparer compares texts, within a bound for all of them together.
type Comparer struct {
	done    int
	longest []int32 // kept for the next text
}

// Words parts two versions of a text into what both have in the same order, word by word, and what only one has. The
// runs of each side together are its text; two neighbours are never both changed or both not.
func (c *Comparer) Words(before, after string) (old, now []Run) {
	return c.compare(before, after, words)
}

// Lines does so line by line, for lists.
func (c *Comparer) Lines(before, after string) (old, now []Run) {
	return c.compare(before, after, lineEnds)
}

func (c *Comparer) compare(before, after string, parts func(string) []string) (old, now []Run) {
	if before == "" || after == "" || before == after || c.done >= maxTogether {
		return whole(before, before != after), whole(after, before != after)
	}
	return c.runs(parts(before), parts(after))
}

// whole is a text as one run.
func whole(text string, changed bool) []Run {
	if text == "" {
		return nil
	}
	return []Run{{text, changed}}
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

func (c *Comparer) runs(a, b []string) (old, now []Run) {
	first := 0
	for first < len(a) && first < len(b) && a[first] == b[first] {
		first++
	}
	last := 0
	for last < len(a)-first && last < len(b)-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	inA, inB := c.commonWords(a[first:len(a)-last], b[first:len(b)-last])
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
func (c *Comparer) commonWords(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	if len(a)*len(b) > maxCompared {
		return inA, inB
	}
	c.done += len(a)*len(b) + wordCost*(len(a)+len(b))
	width := len(b) + 1
	longest := c.table((len(a) + 1) * width)
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

// table returns so many zeros.
func (c *Comparer) table(size int) []int32 {
	if size > len(c.longest) {
		c.longest = make([]int32, size)
	}
	clear(c.longest[:size])
	return c.longest[:size]
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
