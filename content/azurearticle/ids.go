package azurearticle

import (
	"strconv"
	"strings"
)

// maxSlug leaves room for what is appended to an id.
const maxSlug = 80

// takenIDs are the ids of one kind that are used already, each with how often it was wanted.
type takenIDs map[string]int

// take returns an id made of words that is not used yet.
func (t takenIDs) take(words string) string {
	base := slug(words)
	t[base]++
	free := base
	for t[base] > 1 {
		free = base + "-" + strconv.Itoa(t[base])
		if t[free] == 0 {
			t[free] = 1
			break
		}
		t[base]++
	}
	return free
}

// slug returns words as an id: lower case, with hyphens, cut between words.
func slug(words string) string {
	parts := strings.FieldsFunc(strings.ToLower(words), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.'
	})
	id := ""
	for _, part := range parts {
		part = strings.Trim(part, ".")
		switch {
		case part == "":
		case id == "":
			id = part[:min(len(part), maxSlug)]
		case len(id)+1+len(part) > maxSlug:
			return id
		default:
			id += "-" + part
		}
	}
	if id == "" {
		return "draft"
	}
	return id
}
