package samm

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"plumbline/assessment"
)

// takenIDs are the ids of one kind that are used already.
type takenIDs map[string]bool

var notInID = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)

// take returns an id that is valid and not used yet: the given one where it is, else one made of it.
func (t *takenIDs) take(id string) string {
	if *t == nil {
		*t = takenIDs{}
	}
	base := validID(id)
	free := base
	for n := 2; (*t)[free]; n++ {
		free = withEnding(base, fmt.Sprintf("-%d", n))
	}
	(*t)[free] = true
	return free
}

// validID returns id where it is valid, else one made of it.
func validID(id string) string {
	if assessment.IsID(id) {
		return id
	}
	valid := strings.Trim(notInID.ReplaceAllString(id, "-"), "_.-")
	if valid == "" {
		valid = "id"
	}
	if len(valid) > assessment.MaxID {
		sum := sha256.Sum256([]byte(id))
		valid = withEnding(valid, "-"+hex.EncodeToString(sum[:4]))
	}
	return valid
}

// withEnding appends an ending, in front of which as much is cut off as an id has no room for.
func withEnding(id, ending string) string {
	return id[:min(len(id), assessment.MaxID-len(ending))] + ending
}

// slug returns the words of a title as a part of an id, "" where it has none of ASCII.
func slug(title string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
}

// initial returns the letter by which SAMM names a business function, "" where the title begins with none of ASCII.
func initial(title string) string {
	if s := slug(title); s != "" && strings.EqualFold(s[:1], title[:1]) {
		return strings.ToUpper(s[:1])
	}
	return ""
}
