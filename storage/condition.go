package storage

import (
	"strconv"
	"strings"
)

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
