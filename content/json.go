package content

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// jsonReader turns JSON into the nodes that YAML gives. YAML is nearly a superset of JSON, but not where characters
// outside the first plane are escaped.
type jsonReader struct {
	data    []byte
	decoder *json.Decoder
	offset  int // in data, up to which line and column were counted
	line    int
	column  int
}

// parseJSON returns the root of data, which must be valid JSON.
func parseJSON(file string, data []byte) (*yaml.Node, *Problem) {
	r := &jsonReader{data: data, decoder: json.NewDecoder(bytes.NewReader(data)), line: 1, column: 1}
	r.decoder.UseNumber()
	root, err := r.value(0)
	if err != nil {
		return nil, &Problem{File: file, Line: r.line, Column: r.column, Message: err.Error()}
	}
	return root, nil
}

// jsonSyntax returns the first place where data is not JSON.
func jsonSyntax(file string, data []byte) *Problem {
	var anything any
	err := json.Unmarshal(data, &anything)
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return &Problem{File: file, Line: 1, Column: 1, Message: fmt.Sprintf("not JSON: %v", err)}
	}
	return problemAt(file, data, int(syntax.Offset)-1, "not JSON: "+syntax.Error())
}

func (r *jsonReader) value(depth int) (*yaml.Node, error) {
	r.advance()
	node := &yaml.Node{Line: r.line, Column: r.column}
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	delim, ok := token.(json.Delim)
	if !ok {
		scalar(node, token)
		return node, nil
	}
	node.Kind, node.Tag = yaml.SequenceNode, "!!seq"
	if delim == '{' {
		node.Kind, node.Tag = yaml.MappingNode, "!!map"
	}
	for r.decoder.More() {
		child, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		node.Content = append(node.Content, child)
	}
	_, err = r.decoder.Token()
	return node, err
}

// advance moves line and column to the start of the next token.
func (r *jsonReader) advance() {
	end := int(r.decoder.InputOffset())
	for end < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[end]) >= 0 {
		end++
	}
	for r.offset < end {
		c, width := utf8.DecodeRune(r.data[r.offset:])
		r.column++
		if c == '\n' {
			r.line, r.column = r.line+1, 1
		}
		r.offset += width
	}
}

func scalar(node *yaml.Node, token json.Token) {
	node.Kind = yaml.ScalarNode
	switch v := token.(type) {
	case string:
		node.Tag, node.Value, node.Style = "!!str", v, yaml.DoubleQuotedStyle
	case json.Number:
		node.Tag, node.Value = "!!float", v.String()
	case bool:
		node.Tag, node.Value = "!!bool", fmt.Sprint(v)
	default:
		node.Tag, node.Value = "!!null", "null"
	}
}
