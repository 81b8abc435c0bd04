package assessment

// Expression is a boolean condition over practice ids. The zero value is no condition.
type Expression struct {
	source string
}

// String returns the text that the expression was read from.
func (e Expression) String() string { return e.source }

// MarshalText returns the text of the expression.
func (e Expression) MarshalText() ([]byte, error) { return []byte(e.source), nil }
