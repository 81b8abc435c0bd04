package awslens

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// differences returns where two lenses say something else, white space, empty texts and fillers apart.
func differences(t testing.TB, before, after []byte) []string {
	t.Helper()
	var a, b any
	for text, into := range map[string]*any{string(before): &a, string(after): &b} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	return compare("", a, b)
}

func compare(path string, a, b any) []string {
	switch a := a.(type) {
	case map[string]any:
		return compareKeys(path, a, b)
	case []any:
		items, ok := b.([]any)
		if !ok || len(items) != len(a) {
			return []string{fmt.Sprintf("%s: %v, now %v", path, a, b)}
		}
		var found []string
		for i := range a {
			found = append(found, compare(fmt.Sprintf("%s[%d]", path, i), a[i], items[i])...)
		}
		return found
	}
	if said(a) != said(b) {
		return []string{fmt.Sprintf("%s: %v, now %v", path, a, b)}
	}
	return nil
}

func compareKeys(path string, a map[string]any, b any) []string {
	other, ok := b.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s: %v, now %v", path, a, b)}
	}
	keys := map[string]bool{}
	for key := range a {
		keys[key] = true
	}
	for key := range other {
		keys[key] = true
	}
	var found []string
	for key := range keys {
		found = append(found, compare(strings.TrimPrefix(path+"."+key, "."), a[key], other[key])...)
	}
	slices.Sort(found)
	return found
}

// said returns what a text says, "" where it says nothing.
func said(v any) string {
	s, ok := v.(string)
	if !ok && v != nil {
		return fmt.Sprint(v)
	}
	s = strings.Join(strings.Fields(s), " ")
	if s == filler {
		return ""
	}
	return s
}
