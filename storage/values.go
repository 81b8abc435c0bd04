package storage

import (
	"encoding/json"
	"fmt"
	"time"
)

// micros returns the stored form of a moment, null for the zero time.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// moment reads the stored form of a moment into a time; null gives the zero time.
type moment struct{ into *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*m.into = time.Time{}
	case int64:
		*m.into = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("a time is stored as %T", value)
	}
	return nil
}

// document reads a JSON text into a value.
type document struct{ into any }

// Scan implements sql.Scanner.
func (d document) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(v), d.into)
	case []byte:
		return json.Unmarshal(v, d.into)
	}
	return fmt.Errorf("a document is stored as %T", value)
}

// text returns the JSON form of a value that always has one.
func text(value any) string {
	out, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("storage: marshal %T: %v", value, err))
	}
	return string(out)
}

// jsonList returns the JSON form of a list, [] for an empty one.
func jsonList[T any](values []T) string {
	if len(values) == 0 {
		return "[]"
	}
	return text(values)
}

// orNull returns null for an empty text.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// blob returns data that is never null.
func blob(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}

// flag returns the stored form of a boolean.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
