package foreign

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"plumbline/assessment"
)

// TakenIDs are the ids of one kind that are used already. The zero value has none.
type TakenIDs struct {
	taken map[string]bool
	next  map[string]int // by what an id was made of, the number to try next
}

var notInID = LazyRegexp(`[^A-Za-z0-9_.-]+`)

// Take returns an id that is valid and not used yet: the given one where it is, else one made of it. The same calls in
// the same order give the same ids.
func (t *TakenIDs) Take(id string) string {
	if t.taken == nil {
		t.taken, t.next = map[string]bool{}, map[string]int{}
	}
	base := ValidID(id)
	free := base
	n := max(2, t.next[base])
	for ; t.taken[free]; n++ {
		free = WithEnding(base, fmt.Sprintf("-%d", n))
	}
	t.next[base] = n
	t.taken[free] = true
	return free
}

// ValidID returns id where it is valid, else one made of it.
func ValidID(id string) string {
	if assessment.IsID(id) {
		return id
	}
	valid := strings.Trim(notInID().ReplaceAllString(id, "-"), "_.-")
	if valid == "" {
		valid = "id"
	}
	if len(valid) > assessment.MaxID {
		sum := sha256.Sum256([]byte(id))
		valid = WithEnding(valid, "-"+hex.EncodeToString(sum[:4]))
	}
	return valid
}

// WithEnding appends an ending, in front of which as much is cut off as an id has no room for.
func WithEnding(id, ending string) string {
	return id[:min(len(id), assessment.MaxID-len(ending))] + ending
}

// Slug returns an id made of a title, the given one where the title has no Latin letter or digit.
func Slug(title, instead string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return instead
	}
	return ValidID(strings.Join(words, "-"))
}
