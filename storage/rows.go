package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// collect returns one value a row, never nil.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, translate(err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, translate(err)
	}
	return all, nil
}

func scanText(rows *sql.Rows) (text string, err error) {
	err = rows.Scan(&text)
	return text, err
}

// byKey returns the values by their key, never nil.
func byKey[T any](values []T, key func(T) string) map[string]T {
	out := make(map[string]T, len(values))
	for _, value := range values {
		out[key(value)] = value
	}
	return out
}

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

// condition is a WHERE clause while it is put together, with its parameters in their order.
type condition struct {
	parts []string
	args  []any
}

// add demands a comparison with a value, such as "sequence >".
func (c *condition) add(comparison string, value any) {
	c.parts = append(c.parts, comparison+" "+c.mark(value))
}

// in demands that a column has one of the values; of no values, no row has one.
func (c *condition) in(column string, values []string) {
	if len(values) == 0 {
		c.parts = append(c.parts, "1 = 0")
		return
	}
	marks := make([]string, len(values))
	for i, value := range values {
		marks[i] = c.mark(value)
	}
	c.parts = append(c.parts, column+" IN ("+strings.Join(marks, ", ")+")")
}

// mark adds a value and returns its placeholder.
func (c *condition) mark(value any) string {
	c.args = append(c.args, value)
	return "$" + strconv.Itoa(len(c.args))
}

func (c *condition) String() string {
	if len(c.parts) == 0 {
		return "1 = 1"
	}
	return strings.Join(c.parts, " AND ")
}
