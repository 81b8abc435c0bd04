package assessment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Verification is what checking a snapshot's document found.
type Verification struct {
	Snapshot    *Snapshot
	Hash        string   // of the document
	Canonical   bool     // the document is in canonical form
	Differences []string // where the stored result is not what follows from the stored answers, one sentence each
}

// OK reports whether nothing is wrong with the document in itself.
func (v Verification) OK() bool { return v.Canonical && len(v.Differences) == 0 }

// VerifySnapshot recomputes the result from the answers, priorities and questionnaire in the document and lists where
// the stored one differs, together with answers and priorities that no questionnaire like this one can have. The error,
// of code Invalid, says that the document is not a snapshot.
func VerifySnapshot(document []byte) (Verification, error) {
	value, s, err := readFile(document)
	if err != nil {
		return Verification{}, err
	}
	canonical, err := appendCanonical(make([]byte, 0, len(document)), value)
	if err != nil {
		return Verification{}, Wrap(Invalid, err, "the file is not a snapshot")
	}
	m, err := Compile(s.Questionnaire)
	if err != nil {
		return Verification{}, Wrap(Invalid, err, "the questionnaire in the snapshot is not valid")
	}
	differences, err := s.differences(document, m)
	if err != nil {
		return Verification{}, err
	}
	return Verification{s, Hash(document), bytes.Equal(canonical, document), differences}, nil
}

// ReadSnapshotFile returns the snapshot in a file that anybody may have made: ReadSnapshot, which also refuses, with the code
// Invalid, what holds more than a snapshot can.
func ReadSnapshotFile(document []byte) (*Snapshot, error) {
	_, s, err := readFile(document)
	return s, err
}

// readFile returns a document as JSON, and the snapshot that it is.
func readFile(document []byte) (value any, s *Snapshot, err error) {
	if value, err = decodeOne(document); err != nil {
		return nil, nil, Wrap(Invalid, err, "the file is not a snapshot: it is not JSON, or was changed")
	}
	if err := checkExtent(value); err != nil {
		return nil, nil, err
	}
	s, err = ReadSnapshot(document)
	return value, s, err
}

// What no snapshot exceeds. A file that does would cost much before it is found to be none.
const (
	mostPractices = 2_000  // of a questionnaire, and as many levels of each other kind
	mostEntries   = 10_000 // of any list or object
)

// checkExtent returns Invalid for a document that holds more than a snapshot can.
func checkExtent(value any) error {
	if entriesWithin(value) > mostEntries {
		return Errorf(Invalid, "the file is not a snapshot: one of its lists has more than %d entries", mostEntries)
	}
	level := []any{value}
	for _, key := range []string{"questionnaire", "pillars", "principles", "questions", "practices"} {
		if level = below(level, key); len(level) > mostPractices {
			return Errorf(Invalid, "the file is not a snapshot: its questionnaire has more than %d %s", mostPractices, key)
		}
	}
	return nil
}

// below returns what objects have under a key, lists as their items.
func below(objects []any, key string) (all []any) {
	for _, one := range objects {
		object, _ := one.(map[string]any)
		switch found := object[key].(type) {
		case []any:
			all = append(all, found...)
		case map[string]any:
			all = append(all, found)
		}
	}
	return all
}

// entriesWithin returns how many entries the longest list or object in a value has.
func entriesWithin(value any) (most int) {
	switch v := value.(type) {
	case []any:
		most = len(v)
		for _, one := range v {
			most = max(most, entriesWithin(one))
		}
	case map[string]any:
		most = len(v)
		for _, one := range v {
			most = max(most, entriesWithin(one))
		}
	}
	return most
}

// differences compares the result as the document spells it with a new one.
func (s *Snapshot) differences(document []byte, m *Model) ([]string, error) {
	var raw struct {
		Result json.RawMessage `json:"result"`
	}
	if err := json.Unmarshal(document, &raw); err != nil {
		return nil, Wrap(Invalid, err, "the file is not a snapshot")
	}
	stored, err := decodeOne(raw.Result)
	if err != nil {
		return nil, err
	}
	computed, err := json.Marshal(m.Evaluate(s.Answers, s.Priorities, s.Facets))
	if err != nil {
		return nil, fmt.Errorf("marshal the result: %w", err)
	}
	expected, err := decodeOne(computed)
	if err != nil {
		return nil, err
	}
	ignoreLater(stored, expected)
	differences := appendDifferences(nil, "result", stored, expected)
	for _, one := range append(m.inputErrors(s.Answers, s.Priorities, checkStatus), m.facetErrors(s.Facets)...) {
		differences = append(differences, one.Error())
	}
	return differences, nil
}

// firstKeys are those of a result that were there from the first release on.
var firstKeys = []string{"questionnaire", "overall", "pillars", "findings", "unknown", "tradeoffs", "recommendations"}

// ignoreLater takes the keys out of a computed result that came after the first release and that the stored one does not
// have: it is as old as that.
func ignoreLater(stored, expected any) {
	want, _ := expected.(map[string]any)
	if got, ok := stored.(map[string]any); ok {
		maps.DeleteFunc(want, func(key string, _ any) bool {
			_, has := got[key]
			return !has && !slices.Contains(firstKeys, key)
		})
	}
}

// absent stands for a value that one side does not have.
type absent struct{}

// appendDifferences appends a sentence for each place where two JSON values differ.
func appendDifferences(list []string, path string, stored, expected any) []string {
	switch want := expected.(type) {
	case map[string]any:
		if got, ok := stored.(map[string]any); ok {
			return appendObjectDifferences(list, path, got, want)
		}
	case []any:
		if got, ok := stored.([]any); ok {
			return appendArrayDifferences(list, path, got, want)
		}
	}
	got, want := jsonText(stored), jsonText(expected)
	if got == want {
		return list
	}
	return append(list, fmt.Sprintf("%s: stored %s, computed %s", path, clip(got), clip(want)))
}

func appendObjectDifferences(list []string, path string, stored, expected map[string]any) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(expected)), maps.Keys(stored))
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		list = appendDifferences(list, path+"."+key, valueOf(stored, key), valueOf(expected, key))
	}
	return list
}

func valueOf(object map[string]any, key string) any {
	if value, ok := object[key]; ok {
		return value
	}
	return absent{}
}

// appendArrayDifferences compares item by item. Where their numbers differ, that alone is said: one item that is missing
// would make all after it differ.
func appendArrayDifferences(list []string, path string, stored, expected []any) []string {
	if len(stored) != len(expected) {
		return append(list, fmt.Sprintf("%s: stored %d items, computed %d", path, len(stored), len(expected)))
	}
	for i := range expected {
		list = appendDifferences(list, fmt.Sprintf("%s[%d]", path, i), stored[i], expected[i])
	}
	return list
}

// jsonText returns the canonical text of a decoded value.
func jsonText(value any) string {
	if _, none := value.(absent); none {
		return "nothing"
	}
	text, err := appendCanonical(nil, value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// clip cuts a text to a length that fits a sentence.
func clip(text string) string {
	const limit = 80
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}
